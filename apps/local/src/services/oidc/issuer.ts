import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { JWK } from 'jose'
import type Provider from 'oidc-provider'
import type { LocalContext } from '../../foundation/context.ts'
import { lazily } from '../../foundation/lazily.ts'
import { IssuerSecretStore } from './issuer-secrets.ts'
import { migrateIssuerStorage } from './issuer-storage.ts'
import { loginPage, messagePage, sendPage } from './pages.ts'
import { PEOPLE } from './people.ts'
import { createProvider, type IssuerOptions } from './provider.ts'

const MAX_FORM_BYTES = 1024

/** The embedded OpenID Connect issuer with its login page. */
export class Issuer {
  readonly options: IssuerOptions
  readonly #context: LocalContext
  readonly #secrets: IssuerSecretStore
  readonly #provider: () => Promise<Provider>

  constructor(context: LocalContext, options: IssuerOptions) {
    this.options = options
    this.#context = context
    this.#secrets = new IssuerSecretStore(context)
    this.#provider = lazily(async () => createProvider(context, options, await this.#secrets.open()))
    migrateIssuerStorage(context.database)
  }

  /** The path under which the requests come in, e.g. `/oidc`. */
  get path(): string {
    return this.options.url.pathname.replace(/\/$/, '')
  }

  /** The public part of the key that signs the tokens, as the issuer publishes it. */
  publicKey(): Promise<JWK> {
    return this.#secrets.publicKey()
  }

  /** To be called after the database was emptied: tokens that are out stay good. */
  restore(): void {
    this.#secrets.restore()
  }

  /** Answers a request for anything below {@link path}. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const provider = await this.#provider()
      const path = (request.url ?? '').slice(this.path.length)
      if (/^\/interaction\/[\w-]+$/.test(path)) await this.#interact(provider, request, response)
      else {
        // As Express does for what is mounted below a path: cookies and routes need both.
        Object.assign(request, { originalUrl: request.url, url: path.startsWith('/') ? path : `/${path}` })
        await provider.callback()(request, response)
      }
    } catch (error) {
      this.#context.log.error({ err: error }, 'the OpenID Connect issuer failed')
      if (response.headersSent) response.destroy()
      else sendPage(response, 500, messagePage('Sign-in failed', 'The issuer failed; its log says why.'))
    }
  }

  async #interact(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const interaction = await provider.interactionDetails(request, response).catch(() => undefined)
    if (!interaction) {
      const hint = 'This sign-in is over or belongs to another browser. Go back to where you came from and start again.'
      return sendPage(response, 400, messagePage('Sign-in has ended', hint))
    }
    if (request.method === 'POST') {
      const form = await readForm(request)
      const result = form && resultOf(form)
      if (!result) return sendPage(response, 400, messagePage('Sign-in failed', 'That person is not known here.'))
      return provider.interactionFinished(request, response, result)
    }
    const { redirect_uri: target } = interaction.params
    const targets = typeof target === 'string' && URL.canParse(target) ? [new URL(target).origin] : []
    sendPage(response, 200, loginPage(`${this.path}/interaction/${interaction.uid}`), targets)
  }
}

function resultOf(form: URLSearchParams) {
  if (form.has('cancel')) return { error: 'access_denied', error_description: 'The sign-in was cancelled.' }
  const person = PEOPLE.find(({ username }) => username === form.get('person'))
  return person && { login: { accountId: person.sub, amr: ['user'] } }
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  const { 'content-type': type = '', 'content-length': length } = request.headers
  if (!type.startsWith('application/x-www-form-urlencoded')) return undefined
  if (length === undefined || Number(length) > MAX_FORM_BYTES) return undefined
  return new URLSearchParams(await text(request))
}
