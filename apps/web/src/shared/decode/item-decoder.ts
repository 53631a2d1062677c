import { ByteReader } from './byte-reader.ts'
import type { DataEntry, DataTree } from './data-tree.ts'
import { DecodeError } from './decode-error.ts'

/** Deeper nesting than any device sends would overflow the stack. */
const MAX_DEPTH = 500

/** Reads one item of a format whose items begin with their kind and length: CBOR, MessagePack. */
export abstract class ItemDecoder {
  protected readonly reader: ByteReader

  constructor(payload: Uint8Array) {
    this.reader = new ByteReader(payload)
  }

  /**
   * The one item that is all of the payload.
   * @throws {DecodeError}
   */
  whole(): DataTree {
    const tree = this.item(0)
    if (!this.reader.isAtEnd) throw new DecodeError('There are bytes after the end', this.reader.offset)
    return tree
  }

  /** @param depth how many items it stands in */
  protected item(depth: number): DataTree {
    if (depth > MAX_DEPTH) throw new DecodeError(`There are more than ${MAX_DEPTH} levels`, this.reader.offset)
    return this.itemAt(depth, this.reader.offset)
  }

  protected abstract itemAt(depth: number, start: number): DataTree

  /** @param isOver asked before each, with how many there are */
  protected items(depth: number, isOver: (count: number) => boolean): DataTree[] {
    const items: DataTree[] = []
    while (!isOver(items.length)) items.push(this.item(depth + 1))
    return items
  }

  /** @param isOver asked before each, with how many there are */
  protected entries(depth: number, isOver: (count: number) => boolean): DataEntry[] {
    const entries: DataEntry[] = []
    while (!isOver(entries.length)) entries.push({ key: this.item(depth + 1), value: this.item(depth + 1) })
    return entries
  }
}
