// Reads and writes zip archives, as far as packing needs it: whole files in memory, deflated or stored, no encryption,
// no zip64. Archives written here are byte for byte the same for the same input: sorted names, one fixed date.
//
//   const files = readZip(bytes)                       // Map of name to Uint8Array, folders left out
//   const bytes = writeZip(files, {deflate: false})    // stored, so that the host's brotli can do better
import { deflateRawSync, inflateRawSync } from 'node:zlib';

const localHeader = 0x04034b50;
const centralHeader = 0x02014b50;
const endOfDirectory = 0x06054b50;
const utf8Names = 0x0800;
const fixedDate = 0x0021; // 1980-01-01, the first day a zip can name

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value;
});

/** The checksum that zip files carry. @param {Uint8Array} bytes */
export function crc32(bytes) {
    let value = 0xffffffff;
    for (const byte of bytes) value = crcTable[(value ^ byte) & 255] ^ (value >>> 8);
    return (value ^ 0xffffffff) >>> 0;
}

/** @param {Uint8Array} bytes @returns {Map<string, Uint8Array>} */
export function readZip(bytes) {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let end = buffer.length - 22;
    while (end >= 0 && buffer.readUInt32LE(end) !== endOfDirectory) end--;
    if (end < 0) throw new Error('not a zip archive: it has no directory');
    const files = new Map();
    let at = buffer.readUInt32LE(end + 16);
    for (let left = buffer.readUInt16LE(end + 10); left > 0; left--) {
        if (buffer.readUInt32LE(at) !== centralHeader) throw new Error(`damaged zip directory at byte ${at}`);
        const method = buffer.readUInt16LE(at + 10);
        const packedSize = buffer.readUInt32LE(at + 20);
        const nameLength = buffer.readUInt16LE(at + 28);
        const skipped = buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32);
        const local = buffer.readUInt32LE(at + 42);
        const name = buffer.toString('utf8', at + 46, at + 46 + nameLength);
        const start = local + 30 + buffer.readUInt16LE(local + 26) + buffer.readUInt16LE(local + 28);
        const packed = buffer.subarray(start, start + packedSize);
        if (method !== 0 && method !== 8) throw new Error(`${name}: zip method ${method} is not supported`);
        if (!name.endsWith('/')) files.set(name, method === 8 ? inflateRawSync(packed) : packed);
        at += 46 + nameLength + skipped;
    }
    return files;
}

/** @param {Map<string, Uint8Array>} files @param {{deflate: boolean}} options @returns {Buffer} */
export function writeZip(files, { deflate }) {
    const parts = [];
    const directory = [];
    let offset = 0;
    for (const name of [...files.keys()].sort()) {
        const content = /** @type {Uint8Array} */ (files.get(name));
        const packed = deflate ? deflateRawSync(content, { level: 9 }) : content;
        const nameBytes = Buffer.from(name, 'utf8');
        const common = Buffer.alloc(26); // the fields that both headers share
        common.writeUInt16LE(20, 0); // needs version 2.0
        common.writeUInt16LE(utf8Names, 2);
        common.writeUInt16LE(deflate ? 8 : 0, 4);
        common.writeUInt16LE(0, 6);
        common.writeUInt16LE(fixedDate, 8);
        common.writeUInt32LE(crc32(content), 10);
        common.writeUInt32LE(packed.length, 14);
        common.writeUInt32LE(content.length, 18);
        common.writeUInt16LE(nameBytes.length, 22);
        const local = Buffer.alloc(4);
        local.writeUInt32LE(localHeader);
        const central = Buffer.alloc(6);
        central.writeUInt32LE(centralHeader);
        central.writeUInt16LE(20, 4);
        const centralEnd = Buffer.alloc(14); // comment, disk and attributes stay 0
        centralEnd.writeUInt32LE(offset, 10);
        directory.push(central, common, centralEnd, nameBytes);
        parts.push(local, common, nameBytes, packed);
        offset += 30 + nameBytes.length + packed.length;
    }
    const directoryBytes = Buffer.concat(directory);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(endOfDirectory);
    end.writeUInt16LE(files.size, 8);
    end.writeUInt16LE(files.size, 10);
    end.writeUInt32LE(directoryBytes.length, 12);
    end.writeUInt32LE(offset, 16);
    return Buffer.concat([...parts, directoryBytes, end]);
}
