/**
 * Makes an API of twenty services and asks one of them, and tells the parent how long each took.
 *
 * `lazy`: as the embedded server has its services, each SDK package loaded by the first request for it. `eager`: each
 * loaded before. There are not twenty SDK packages here, so those that are there are evaluated again and again.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { createAwsApi, type ServiceTraits } from '../../packages/aws-api/src/index.ts'

export interface ServicesFigures {
  readonly madeMs: number
  readonly firstAnswerMs: number
}

const COUNT = 20
const PACKAGES = [
  '@aws-sdk/client-iot',
  '@aws-sdk/client-iam',
  '@aws-sdk/client-sts',
  '@aws-sdk/client-cognito-identity',
  '@aws-sdk/client-iot-data-plane',
  '@aws-sdk/client-iot-jobs-data-plane',
]

const require = createRequire(import.meta.url)
function evaluate(name: string): object {
  delete require.cache[require.resolve(name)]
  return require(name)
}

const startMs = performance.now()
const services = Array.from({ length: COUNT }, (_, index) => {
  const name = PACKAGES[index % PACKAGES.length] ?? ''
  const traits: ServiceTraits = {
    signingNames: [`service-${index}`],
    protocol: 'restJson1',
    validationError: 'ValidationException',
  }
  if (process.argv[2] === 'eager') return { ...traits, sdk: evaluate(name), handlers: {} }
  return { ...traits, load: async () => ({ sdk: evaluate(name), handlers: {} }) }
})
const api = createAwsApi({ services, authenticate: () => 'operator' })
const madeMs = performance.now() - startMs

const server = createServer(api).listen(0, '127.0.0.1')
await once(server, 'listening')
const { port } = server.address() as AddressInfo // it listens on a port
const callMs = performance.now()
const authorization = 'AWS4-HMAC-SHA256 Credential=AKID/20250101/eu-west-1/service-0/aws4_request, Signature=0'
const response = await fetch(`http://127.0.0.1:${port}/things`, { headers: { authorization } })
if (response.status !== 501) throw new Error(`ListThings was answered ${response.status}`)
const figures: ServicesFigures = { madeMs, firstAnswerMs: performance.now() - callMs }
process.send?.(figures)
process.disconnect?.()
server.close()
