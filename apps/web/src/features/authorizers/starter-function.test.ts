import { parsePolicyDocument } from '@thingdeck/policies'
import { afterEach, expect, test } from 'vitest'
import { starterFunction } from './starter-function.ts'
import { judgeAnswer, letsIn } from './trial/judge-answer.ts'

const CONTEXT = { invokedFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:auth' }

/** Runs the function as Lambda would, and answers as TestInvokeAuthorizer does. */
async function run(isSigned: boolean, event: object) {
  const code = starterFunction('JavaScript', isSigned)
  const { handler } = await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`)
  const { policyDocuments, ...answer } = await handler(event, CONTEXT)
  const documents: string[] = policyDocuments.map((document: object) => JSON.stringify(document))
  return { outcome: 'answered' as const, ...answer, policyDocuments: documents, tookMs: 1 }
}

afterEach(() => {
  delete process.env.PASSWORD
})

test('with signing it lets in whose token was verified, with an answer that AWS IoT takes', async () => {
  const event = { token: 'abc', signatureVerified: true, protocolData: { mqtt: { clientId: 'pump-7' } } }
  const answer = await run(true, event)
  expect(letsIn(judgeAnswer(answer))).toBe(true)
  expect(answer.principalId).toBe('pump7')
  const [document = ''] = answer.policyDocuments
  // Variables are AWS IoT's to fill in.
  expect(document).toContain('arn:aws:iot:eu-central-1:123456789012:topic/dt/${iot:ClientId}/*')
  expect(parsePolicyDocument(document).statements).toHaveLength(3)
  expect((await run(true, { ...event, signatureVerified: false })).isAuthenticated).toBe(false)
  expect((await run(true, { token: 'abc', signatureVerified: true })).principalId).toBe('device')
})

test('without signing it lets in who knows the password, and nobody where it has none', async () => {
  const sending = (text: string) => ({ protocolData: { mqtt: { password: Buffer.from(text).toString('base64') } } })
  expect((await run(false, sending(''))).isAuthenticated).toBe(false)
  process.env.PASSWORD = 'secret'
  expect((await run(false, sending('secret'))).isAuthenticated).toBe(true)
  expect((await run(false, sending('wrong'))).isAuthenticated).toBe(false)
  expect((await run(false, {})).isAuthenticated).toBe(false)
})
