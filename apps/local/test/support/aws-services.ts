import { type ApiRequest, AwsError, createAwsApi, type Service, type ServiceTraits } from '@thingdeck/aws-api'
import { SigV4Error, verifySignedRequest } from '@thingdeck/sigv4'
import { type HttpServer, serveHttp } from './http-server.ts'

/** What the environment of the server under test has: with these keys it calls services that are not its own. */
export const ENVIRONMENT_KEYS = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' } as const

/** Constraints are the service's own: of these nothing but the SDK's schemas is known. */
type KnownService = Omit<Service<string>, keyof Pick<ServiceTraits, 'validationError'>>

/**
 * Services made from the schemas of their SDK packages, on a free port. A request has to be signed with
 * {@link ENVIRONMENT_KEYS} by the service's name, and to be what the schemas say.
 */
export function serveAws(services: readonly KnownService[]): Promise<HttpServer> {
  const api = createAwsApi<string>({
    services: services.map((service) => ({ ...service, validationError: 'ValidationException' })),
    authenticate,
  })
  return serveHttp(api)
}

/** @returns the access key */
function authenticate({ method, url, headers, body }: ApiRequest, { signingNames }: ServiceTraits): string {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = ENVIRONMENT_KEYS
  try {
    verifySignedRequest({
      method,
      url,
      headers,
      body,
      lookupSecret: (id) => (id === AWS_ACCESS_KEY_ID ? { secretAccessKey: AWS_SECRET_ACCESS_KEY } : undefined),
      nowMs: Date.now(),
      services: [...signingNames],
      region: 'us-east-1',
    })
  } catch (error) {
    if (error instanceof SigV4Error) throw new AwsError(error.code, error.message)
    throw error
  }
  return AWS_ACCESS_KEY_ID
}
