// What bundling puts in the place of these names.

/** The glue that emcc writes (build/web/counterweight.js). */
declare module 'engine' {
    export default function createEngine(options?: object): Promise<any>;
}

/** The glue of the Python engine (build/downloads/cpython/python.cjs). */
declare module 'cpython' {
    export default function createInterpreter(options: object): Promise<any>;
}

/** The service worker's list of files. */
declare const SITE: { version: string; core: Record<string, string>; later: Record<string, string> };
