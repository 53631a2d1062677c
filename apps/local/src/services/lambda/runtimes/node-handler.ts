import { existsSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A function's handler, as its module exports it. */
export type Handler = (
  event: unknown,
  context: object,
  callback: (error?: unknown, result?: unknown) => void,
) => unknown

/** In this order, as in Lambda; TypeScript's after them, whose types this Node.js takes away. */
const EXTENSIONS = ['', '.js', '.mjs', '.cjs', '.ts', '.mts', '.cts']

/**
 * Loads `src/app.handler`: the export `handler` of the module `src/app` below the folder of the code.
 * @throws {Error} named as Lambda names it: `Runtime.ImportModuleError`, `Runtime.HandlerNotFound`, …
 */
export async function loadHandler(root: string, handler: string): Promise<Handler> {
  const [, moduleName, exportName] = /^([^.]*)\.(.*)$/.exec(basename(handler)) ?? []
  if (!moduleName || !exportName) throw namedError('Runtime.MalformedHandlerName', 'Bad handler')
  const stem = resolve(root, dirname(handler), moduleName)
  const file = EXTENSIONS.map((extension) => `${stem}${extension}`).find(
    (path) => existsSync(path) && path !== stem, // a folder of that name is none
  )
  if (file === undefined) {
    throw namedError('Runtime.ImportModuleError', `Error: Cannot find module '${moduleName}'`)
  }
  const exported: unknown = await import(pathToFileURL(file).href).catch((error: unknown) => {
    throw importError(error)
  })
  const found = memberOf(exported, exportName) ?? memberOf(memberOf(exported, 'default'), exportName)
  if (found === undefined) throw namedError('Runtime.HandlerNotFound', `${handler} is undefined or not exported`)
  if (typeof found !== 'function') throw namedError('Runtime.HandlerNotFound', `${handler} is not a function`)
  return found as Handler // a function; what it takes is for its author to know
}

function importError(error: unknown): unknown {
  if (error instanceof SyntaxError) {
    return namedError('Runtime.UserCodeSyntaxError', `${error.name}: ${error.message}`, error)
  }
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') return error
  return namedError('Runtime.ImportModuleError', String(error), error)
}

/** `a.b` of an object; undefined where there is none. */
function memberOf(value: unknown, path: string): unknown {
  let found = value
  for (const name of path.split('.')) {
    if ((typeof found !== 'object' && typeof found !== 'function') || found === null) return undefined
    found = Reflect.get(found, name)
  }
  return found
}

/** An error under a name of Lambda's, with the stack of what it comes from. */
export function namedError(name: string, message: string, cause?: unknown): Error {
  const error = new Error(message, { cause })
  error.name = name
  if (cause instanceof Error && cause.stack !== undefined) error.stack = `${name}: ${message}\n${cause.stack}`
  return error
}

/** An error as the caller is answered it, and as the log has it. */
export function errorDocument(error: unknown): { readonly document: object; readonly logged: object } {
  if (!(error instanceof Error)) {
    const document = { errorType: typeof error, errorMessage: String(error), trace: [] }
    return { document, logged: document }
  }
  const { name: errorType, message: errorMessage, stack = '' } = error
  const trace = stack.split('\n')
  return {
    document: { errorType, errorMessage, trace },
    logged: { errorType, errorMessage, ...('code' in error && { code: error.code }), stack: trace },
  }
}
