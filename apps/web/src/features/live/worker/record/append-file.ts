/** A file that this worker alone writes, as the File System standard's `FileSystemSyncAccessHandle` has it. */
export interface FileHandle {
  write(bytes: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number
  truncate(bytes: number): void
  flush(): void
  close(): void
}

/** A file that grows at its end. What could not be written whole leaves no trace in it. */
export class AppendFile {
  readonly #handle: FileHandle
  #bytes = 0

  /** @param handle of an empty file */
  constructor(handle: FileHandle) {
    this.#handle = handle
  }

  get bytes(): number {
    return this.#bytes
  }

  /** @throws a `QuotaExceededError` of the browser's when it has no room left, or an Error that says how much it took */
  append(bytes: Uint8Array<ArrayBuffer>): void {
    try {
      const written = this.#handle.write(bytes, { at: this.#bytes })
      if (written < bytes.length) throw new Error(`of ${bytes.length} bytes it took ${written}`)
      this.#bytes += bytes.length
    } catch (error) {
      this.#handle.truncate(this.#bytes)
      throw error
    }
  }

  empty(): void {
    this.#handle.truncate(0)
    this.#bytes = 0
  }

  /** Down to the disk, so that a power cut takes nothing of it. */
  flush(): void {
    this.#handle.flush()
  }

  close(): void {
    this.#handle.close()
  }
}
