// The last step of shell/serve: serves build/site on the port given as argument.
import { fileURLToPath } from 'node:url';
import { startServer } from './server.mjs';

try {
    const server = await startServer({ root: fileURLToPath(new URL('../../build/site', import.meta.url)), port: Number(process.argv[2]) });
    console.log(server.address);
} catch (problem) {
    const taken = /** @type {NodeJS.ErrnoException} */ (problem).code === 'EADDRINUSE';
    console.error(taken ? `port ${process.argv[2]} is in use: choose another with --port` : String(problem));
    process.exitCode = 1;
}
