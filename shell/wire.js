// The bytes that cross between JavaScript and the engine: little-endian, strings as u32 length and UTF-8, the same as
// src/ground/bytes.hpp.

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class Writer {
  constructor() {
    this.bytes = new Uint8Array(256);
    this.view = new DataView(this.bytes.buffer);
    this.size = 0;
  }

  /** @param {number} more */
  room(more) {
    if (this.size + more <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.size + more));
    grown.set(this.bytes);
    this.bytes = grown;
    this.view = new DataView(grown.buffer);
  }

  /** @param {number} value */
  u8(value) {
    this.room(1);
    this.view.setUint8(this.size, value);
    this.size += 1;
    return this;
  }

  /** @param {number} value */
  u32(value) {
    this.room(4);
    this.view.setUint32(this.size, value, true);
    this.size += 4;
    return this;
  }

  /** @param {number} value */
  f32(value) {
    this.room(4);
    this.view.setFloat32(this.size, value, true);
    this.size += 4;
    return this;
  }

  /** @param {number} value */
  f64(value) {
    this.room(8);
    this.view.setFloat64(this.size, value, true);
    this.size += 8;
    return this;
  }

  /** @param {string | Uint8Array} value */
  text(value) {
    const bytes = typeof value === 'string' ? encoder.encode(value) : value;
    this.u32(bytes.length);
    this.room(bytes.length);
    this.bytes.set(bytes, this.size);
    this.size += bytes.length;
    return this;
  }

  /** @param {Record<string, string | Uint8Array>} map */
  map(map) {
    const entries = Object.entries(map);
    this.u32(entries.length);
    for (const [key, value] of entries) this.text(key).text(value);
    return this;
  }

  done() {
    return this.bytes.subarray(0, this.size);
  }
}

export class Reader {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = 0;
  }

  more() {
    return this.at < this.bytes.length;
  }

  u8() {
    return this.view.getUint8(this.at++);
  }

  u32() {
    this.at += 4;
    return this.view.getUint32(this.at - 4, true);
  }

  i32() {
    return this.u32() | 0;
  }

  f32() {
    this.at += 4;
    return this.view.getFloat32(this.at - 4, true);
  }

  f64() {
    this.at += 8;
    return this.view.getFloat64(this.at - 8, true);
  }

  raw() {
    const size = this.u32();
    this.at += size;
    return this.bytes.subarray(this.at - size, this.at);
  }

  text() {
    return decoder.decode(this.raw());
  }

  map() {
    /** @type {Record<string, string>} */
    const map = {};
    for (let count = this.u32(); count > 0; --count) {
      const key = this.text();
      map[key] = this.text();
    }
    return map;
  }
}
