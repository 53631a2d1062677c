import { messageOf } from '../message-of.ts'

/**
 * Calls over a `MessagePort`, as the page and its worker make them: a request with a number, one answer with the same
 * number, and notices that nobody asked for. Hand-written because it is thirty lines, because failures keep their
 * `code`, and because payloads are transferred, not copied, where the sender says so.
 */
export type Procedures = { readonly [name: string]: (argument: never) => unknown }

/** What a side hears unasked: the notice's name and its value. */
export type Notices = { readonly [name: string]: unknown }

type Call = { readonly kind: 'call'; readonly id: number; readonly name: string; readonly argument: unknown }
type Answer = { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
type Refusal = { readonly kind: 'refusal'; readonly id: number; readonly code: string; readonly message: string }
type Notice = { readonly kind: 'notice'; readonly name: string; readonly value: unknown }
type Packet = Call | Answer | Refusal | Notice

/** A call that the other side refused; `code` says why in one word. */
export class RpcError extends Error {
  override readonly name = 'RpcError'
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

export interface Caller<P extends Procedures, N extends Notices> {
  call<K extends keyof P & string>(name: K, argument: Parameters<P[K]>[0]): Promise<Awaited<ReturnType<P[K]>>>
  /** A call whose answer nobody waits for. A refusal is reported as an uncaught error, unless it is the closing. */
  tell<K extends keyof P & string>(name: K, argument: Parameters<P[K]>[0]): void
  /** Answers a function that ends the listening. */
  listen<K extends keyof N & string>(name: K, listener: (value: N[K]) => void): () => void
  close(): void
}

export function createCaller<P extends Procedures, N extends Notices>(port: MessagePort): Caller<P, N> {
  const pending = new Map<number, { resolve: (value: never) => void; reject: (error: RpcError) => void }>()
  const listeners = new Map<string, Set<(value: never) => void>>()
  let lastId = 0

  port.onmessage = ({ data }: MessageEvent<Packet>) => {
    if (data.kind === 'notice') {
      // `as never`, here and below: what came over the port is what the name stands for in `P` and `N`.
      for (const listener of listeners.get(data.name) ?? []) listener(data.value as never)
      return
    }
    if (data.kind === 'call') return
    const waiting = pending.get(data.id)
    pending.delete(data.id)
    if (data.kind === 'answer') waiting?.resolve(data.value as never)
    else waiting?.reject(new RpcError(data.code, data.message))
  }

  const call = (name: string, argument: unknown) => {
    lastId += 1
    const id = lastId
    const answer = new Promise<never>((resolve, reject) => pending.set(id, { resolve, reject }))
    port.postMessage({ kind: 'call', id, name, argument } satisfies Packet)
    return answer
  }

  return {
    call,
    tell(name, argument) {
      call(name, argument).catch((error: RpcError) => {
        if (error.code !== 'CLOSED') reportError(error)
      })
    },
    listen(name, listener) {
      const group = listeners.get(name) ?? new Set()
      listeners.set(name, group.add(listener))
      return () => group.delete(listener)
    },
    close() {
      port.close()
      for (const { reject } of pending.values()) reject(new RpcError('CLOSED', 'The worker was closed.'))
      pending.clear()
    },
  }
}

export interface Server<N extends Notices> {
  notify<K extends keyof N & string>(name: K, value: N[K], transfer?: Transferable[]): void
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'INTERNAL'
}

export function serve<P extends Procedures, N extends Notices>(port: MessagePort, procedures: P): Server<N> {
  const send = (packet: Packet, transfer: Transferable[] = []) => port.postMessage(packet, transfer)

  port.onmessage = async ({ data }: MessageEvent<Packet>) => {
    if (data.kind !== 'call') return
    const { id, name, argument } = data
    const procedure = Object.hasOwn(procedures, name) ? procedures[name] : undefined
    try {
      if (!procedure) throw new RpcError('UNKNOWN_CALL', `The worker knows no call ${name}.`)
      send({ kind: 'answer', id, value: await procedure(argument as never) })
    } catch (error) {
      const message = messageOf(error)
      send({ kind: 'refusal', id, code: codeOf(error), message })
    }
  }

  return { notify: (name, value, transfer) => send({ kind: 'notice', name, value }, transfer) }
}
