/** Where the code of a function is. */
export type FunctionCode =
  /** Unpacked from a .zip file, under the hash of that file. */
  | { readonly kind: 'zip'; readonly sha256: string; readonly sizeBytes: number }
  /** Files of somebody who is working on them. */
  | { readonly kind: 'folder'; readonly root: string; readonly sha256: string; readonly sizeBytes: number }

/** What a version of a function is; `$LATEST` is the one that changes. Times are epoch milliseconds. */
export interface FunctionVersion {
  readonly name: string
  /** `$LATEST` or a number. */
  readonly version: string
  /** Another one with every change: what runs under an old one is not run any more. */
  readonly revisionId: string
  readonly runtime: string
  readonly handler: string
  /** ARN of the role whose credentials it has. */
  readonly role: string
  readonly description: string
  readonly timeoutSeconds: number
  readonly memoryMb: number
  readonly storageMb: number
  readonly architecture: string
  readonly environment: Readonly<Record<string, string>>
  readonly logGroup: string
  readonly code: FunctionCode
  readonly modifiedAtMs: number
}

export const LATEST = '$LATEST'
