import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { Admissions, Admitted, ConnectCredentials, Renewal, Stranger } from '../../foundation/admissions.ts'
import type { Domain, Domains } from '../../foundation/domains.ts'
import type { Peer } from '../../foundation/peer.ts'
import type { AuthenticationFailure } from '../../foundation/traffic.ts'
import type { Authorizers } from './authorizers.ts'
import { askCertificateCallback } from './certificate-callback.ts'
import { admittedPeer, type CustomAuthentication, NotAdmitted } from './custom-authentication.ts'
import type { FunctionCalls } from './function-calls.ts'
import { bringsCredentials } from './presented-credentials.ts'
import { type RequestCache, requestKey } from './request-cache.ts'

export interface AdmissionDeskParts {
  readonly authorizers: Authorizers
  readonly authentication: CustomAuthentication
  readonly calls: FunctionCalls
  readonly cache: RequestCache
  readonly domains: Domains
  readonly arnOfDomain: (domainConfigurationName: string) => string
  readonly tell: (failure: AuthenticationFailure) => void
  readonly log: Logger
}

/** Lets strangers in, or tells why not. */
export class AdmissionDesk implements Admissions {
  readonly #parts: AdmissionDeskParts

  constructor(parts: AdmissionDeskParts) {
    this.#parts = parts
  }

  hasDefault(domain: Domain | undefined): boolean {
    return domain?.defaultAuthorizerName !== undefined || this.#parts.authorizers.default?.status === 'ACTIVE'
  }

  areBrought: Admissions['areBrought'] = bringsCredentials

  admit(stranger: Stranger, clientId: string, connect: ConnectCredentials): Promise<Admitted | undefined> {
    return this.#told(stranger, clientId, async () => {
      await this.#checkCertificate(stranger)
      const { authentication, device } = stranger
      if (authentication !== 'AWS_X509') {
        const admitted = await this.#parts.authentication.admit(stranger, connect)
        return { ...admitted, renewal: this.#toldRenewal(stranger, clientId, admitted.renewal) }
      }
      if (!device) throw new Error('a certificate is to be looked at, and there is none')
      return { peer: device, lifetimeMs: undefined, renewal: undefined }
    })
  }

  admitRequest(stranger: Stranger, connection: object): Promise<Peer | undefined> {
    return this.#told(stranger, undefined, async () => {
      await this.#checkCertificate(stranger)
      const { authentication, device } = stranger
      if (authentication !== 'AWS_X509') return this.#authenticateRequest(stranger, connection)
      if (!device) throw new Error('a certificate is to be looked at, and there is none')
      return device
    })
  }

  /** "One call per request", but where answers are kept. */
  async #authenticateRequest(stranger: Stranger, connection: object): Promise<Peer> {
    const { authentication, cache } = this.#parts
    const { authorizer } = authentication.question(stranger, undefined)
    const key = requestKey(authorizer, stranger)
    const kept = authorizer.enableCachingForHttp ? cache.find(connection, key) : undefined
    const answer = kept ?? (await authentication.ask(stranger, undefined, randomUUID())).answer
    if (authorizer.enableCachingForHttp && !kept) cache.put(connection, key, answer)
    return admittedPeer(stranger, authorizer, answer, { policies: answer.policies })
  }

  async #checkCertificate(stranger: Stranger): Promise<void> {
    const { domain } = stranger
    if (domain?.clientCertificateCallbackArn === undefined || !stranger.device) return
    const sourceArn = this.#parts.arnOfDomain(domain.domainConfigurationName)
    await askCertificateCallback(this.#parts.calls, stranger, domain.clientCertificateCallbackArn, sourceArn)
  }

  #toldRenewal(stranger: Stranger, clientId: string, renewal: Renewal | undefined): Renewal | undefined {
    return (
      renewal && {
        afterMs: renewal.afterMs,
        again: () =>
          this.#told(stranger, clientId, async () => this.#toldRenewal(stranger, clientId, await renewal.again())),
      }
    )
  }

  async #told<Result>(
    stranger: Stranger,
    clientId: string | undefined,
    work: () => Promise<Result>,
  ): Promise<Result | undefined> {
    try {
      this.#checkName(stranger)
      return await work()
    } catch (error) {
      if (!(error instanceof NotAdmitted)) throw error
      this.#tell(stranger, clientId, error)
      return undefined
    }
  }

  /** "SNI must be an endpoint of the account", or a client cannot use custom authentication. */
  #checkName({ isEncrypted, serverName, authentication }: Stranger): void {
    if (!isEncrypted || authentication === 'AWS_X509') return
    if (serverName !== undefined && this.#parts.domains.isEndpoint(serverName)) return
    const words = serverName === undefined ? 'no server' : 'a server that is no endpoint of the account'
    throw new NotAdmitted('SNI_MISUSED', `The client names ${words} in TLS (SNI)`)
  }

  #tell(stranger: Stranger, clientId: string | undefined, { reason, message, authorizerName }: NotAdmitted): void {
    const { log, domains, tell } = this.#parts
    const { socket, authentication, serverName, device, http } = stranger
    const { sourceIp } = socket
    log.warn({ sourceIp, clientId, serverName, authorizerName, reason }, `refused: ${message}`)
    // As for everybody who is not let in: AWS tells of those alone who name an endpoint.
    if (serverName === undefined || !domains.isEndpoint(serverName)) return
    tell({
      protocol: clientId === undefined && http ? 'HTTP' : 'MQTT',
      authenticationType: authentication,
      clientId,
      principalId: device?.principal.principalId,
      ...socket,
      serverNameIndication: serverName,
      reason,
      details: message,
    })
  }
}
