import { existsSync } from 'node:fs'
import { join } from 'node:path'
import staticFiles from '@fastify/static'
import { isDocumentationPath, isServerPath } from '@thingdeck/contract'
import plugin from 'fastify-plugin'
import { Problem, toProblem } from '../problem.ts'

/** One year: the bundler puts a hash of the content into the names below `/assets/`. */
const ASSET_MAX_AGE_MS = 31_536_000_000

/** Names of files as the bundler gives them: none that begins with a dot, and none outside the folder. */
const BUNDLED = /^(?:[\w-][\w.-]*\/)*[\w-]+(?:\.[\w-]+)+$/

/**
 * Serves the built web app: files by name, the documentation below `/docs/`, and the app's index page for every other
 * address, which its router knows.
 */
export const webApp = plugin<{ root: string }>(async (app, { root }) => {
  const built = existsSync(join(root, 'index.html'))
  if (built) {
    await app.register(staticFiles, {
      root,
      serve: false,
      index: false,
      preCompressed: true, // `x.js.br` beside `x.js`, as the build leaves it
      setHeaders(reply, path) {
        const immutable = path.includes(`${join(root, 'assets')}`)
        reply.header('cache-control', immutable ? `public, max-age=${ASSET_MAX_AGE_MS / 1_000}, immutable` : 'no-cache')
      },
    })
    const ofAnyone = { config: { access: 'anyone' }, schema: { hide: true } } as const
    // A directory is no file to the plugin: it would refuse the console's own front page.
    app.get('/', ofAnyone, async (_request, reply) => reply.sendFile('index.html'))
    // The plugin's own route reads the whole folder for each file, to tell A from a where the file system does not.
    app.get<{ Params: { '*': string } }>('/*', ofAnyone, async (request, reply) => {
      const { '*': path } = request.params
      return BUNDLED.test(path) ? reply.sendFile(path) : reply.callNotFound()
    })
    app.get('/docs', ofAnyone, async (_request, reply) => reply.redirect('/docs/'))
    app.get<{ Params: { '*': string } }>('/docs/*', ofAnyone, async (request, reply) => {
      const { '*': path } = request.params
      const isPage = path === '' || path.endsWith('/')
      if (!isPage && !/\.\w+$/.test(path)) return reply.redirect(`${request.url.split(/[?#]/)[0]}/`)
      const file = isPage ? `${path}index.html` : path
      if (BUNDLED.test(file) && existsSync(join(root, 'docs', file))) return reply.sendFile(`docs/${file}`)
      return isPage ? reply.code(404).sendFile('docs/404.html') : reply.callNotFound()
    })
  } else app.log.warn({ root }, 'the web app is not built: only the API is served')

  app.setNotFoundHandler(async (request, reply) => {
    const page = request.method === 'GET' && request.headers.accept?.includes('text/html')
    if (built && page && !isServerPath(request.url) && !isDocumentationPath(request.url))
      return reply.sendFile('index.html')
    const problem = toProblem(new Problem('NOT_FOUND', `There is nothing at ${request.url.split('?')[0]}.`), request.id)
    return reply.code(problem.status).type('application/problem+json').send(problem)
  })
})
