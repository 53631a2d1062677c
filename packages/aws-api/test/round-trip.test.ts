import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AwsError, type Handler, type Service } from '../src/index.ts'
import { type ApiServer, startApi } from './api-server.ts'
import { Arbitraries } from './arbitrary-value.ts'
import { type AnyClient, commandOf, errorsOf, operationsOf, SDK_SERVICES } from './sdk-services.ts'

/**
 * The SDK's client is the second definition of the wire format: what it sends arrives, what is answered it reads.
 * The tables of constraints are left out here, so that any value of a shape is valid.
 */
describe.each(SDK_SERVICES)('$title', ({ sdk, traits, protocol = traits.protocol, connect }) => {
  const wild = new Arbitraries(sdk, {}, protocol)
  let server: ApiServer
  let client: AnyClient
  let received: unknown
  let respond: () => object
  let fault: unknown

  beforeAll(async () => {
    const handler: Handler<unknown, object, string> = (input) => {
      received = input
      return respond()
    }
    const handlers = Object.fromEntries(operationsOf(sdk).map(({ name }) => [name, handler]))
    const service: Service<string> = { ...traits, constraints: {}, sdk, handlers }
    server = await startApi({ services: [service], authenticate: () => 'caller', onFault: (error) => (fault = error) })
    client = server.connect(connect)
  })
  afterAll(() => server[Symbol.asyncDispose]())

  test.each(operationsOf(sdk))('$name: input and output arrive as they were', async ({ name, input, output }) => {
    const exchange = fc.record({ input: wild.of(input), output: wild.of(output) })
    await fc.assert(
      fc.asyncProperty(exchange, async (values) => {
        received = undefined
        fault = undefined
        respond = () => Object(values.output)
        const { $metadata, ...answered } = Object(await client.send(commandOf(sdk, name, values.input)))
        expect(fault).toBeUndefined()
        expect($metadata.requestId).toMatch(/^[0-9a-f-]{36}$/)
        expect(received).toEqual(values.input)
        expect(plain(answered)).toEqual(values.output)
      }),
      { numRuns: 5 },
    )
  })

  test.each(errorsOf(sdk).map((schema) => ({ name: schema.getName() ?? '', schema })))(
    '$name arrives as its own class with its members',
    async ({ name, schema }) => {
      const { httpError, error: fault } = schema.getMergedTraits()
      const byModel = httpError ?? (fault === 'server' ? 500 : 400)
      const isAwsJson = protocol === 'awsJson1_0' || protocol === 'awsJson1_1'
      const expectedStatus = isAwsJson ? (fault === 'server' ? 500 : 400) : byModel
      const [operation] = operationsOf(sdk)
      const inputs = fc.sample(wild.of(operation?.input ?? schema), 1)
      await fc.assert(
        fc.asyncProperty(wild.of(schema), fc.string({ minLength: 1 }), async (values, message) => {
          const { message: _, Message: __, ...members } = Object(values) // the text is that of the AwsError
          respond = () => {
            throw new AwsError(name, message, members)
          }
          const error: unknown = await client.send(commandOf(sdk, operation?.name ?? '', inputs[0])).catch((e) => e)
          expect(error).toBeInstanceOf(Reflect.get(sdk, name))
          expect(error).toMatchObject({ name, message, ...members, $metadata: { httpStatusCode: expectedStatus } })
        }),
        { numRuns: 5 },
      )
    },
  )
})

/** With the tables of constraints in force, what satisfies them passes. */
describe.each(SDK_SERVICES)('$title, constrained', ({ sdk, traits, protocol = traits.protocol, connect }) => {
  const tame = new Arbitraries(sdk, traits.constraints, protocol)
  let received: unknown
  let server: ApiServer
  let client: AnyClient

  beforeAll(async () => {
    const handler: Handler<unknown, object, string> = (input) => {
      received = input
      throw new AwsError('Reached', 'the handler')
    }
    const handlers = Object.fromEntries(operationsOf(sdk).map(({ name }) => [name, handler]))
    server = await startApi({ services: [{ ...traits, sdk, handlers }], authenticate: () => 'caller' })
    client = server.connect(connect)
  })
  afterAll(() => server[Symbol.asyncDispose]())

  test.each(operationsOf(sdk))('$name takes what the reference allows', async ({ name, input }) => {
    await fc.assert(
      fc.asyncProperty(tame.of(input), async (value) => {
        await expect(client.send(commandOf(sdk, name, value))).rejects.toMatchObject({ message: 'the handler' })
        expect(received).toEqual(value)
      }),
      { numRuns: 5 },
    )
  })
})

/** The client's class of bytes as bytes; it says null for a payload that is absent. */
function plain(answered: object): object {
  const entries = Object.entries(answered).filter(([, value]) => value !== null)
  return Object.fromEntries(
    entries.map(([name, value]) => [name, value instanceof Uint8Array ? new Uint8Array(value) : value]),
  )
}
