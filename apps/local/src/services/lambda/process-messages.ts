/** How the process of a function is started: its only argument, as JSON. */
export interface RuntimeOptions {
  /** The folder of the code. */
  readonly root: string
  /** `index.handler` */
  readonly handler: string
  /** Whether it looks before each invocation whether files that it loaded have changed. */
  readonly reloads: boolean
  /** Of what a function may return. */
  readonly maxResultBytes: number
}

/** What the server sends; the body is the payload. */
export interface ToFunction {
  readonly kind: 'invoke'
  readonly requestId: string
  readonly functionArn: string
  /** Epoch milliseconds, by the machine's clock. */
  readonly deadlineMs: number
  /** JSON of mobile clients, as the header has it once it is decoded. */
  readonly clientContext?: string | undefined
}

/** What the process says. */
export type FromFunction =
  /** The handler is loaded. */
  | { readonly kind: 'ready' }
  /** It cannot be loaded: the body is the error's document. The process ends. */
  | { readonly kind: 'unusable' }
  /** The payload is JSON, and the handler is called. */
  | { readonly kind: 'begun' }
  /** The payload is no JSON. */
  | { readonly kind: 'unreadable'; readonly message: string }
  /** A file that it loaded has changed: another process is to do it. This one ends. */
  | { readonly kind: 'stale' }
  /** The body is one entry of its log. */
  | { readonly kind: 'log' }
  /** The body is what the handler returned, as JSON. */
  | { readonly kind: 'result'; readonly memoryMb: number }
  /** The body is the error's document. */
  | { readonly kind: 'error'; readonly memoryMb: number; readonly ends: boolean }

/** Of the file descriptors of the process: what it reads, what it writes, what tells it that the server is gone. */
export const INPUT = 3
export const OUTPUT = 4
export const LIFELINE = 5
