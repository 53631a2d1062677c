// @vitest-environment node
import { execFile, spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { CreateAuthorizerCommand, IoTClient } from '@aws-sdk/client-iot'
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EmbeddedServer, startEmbeddedServer } from '../../../../../../scripts/run/embedded-server.ts'
import { snippetsOf } from './client-snippets.ts'
import type { Sent } from './sent.ts'

// The commands that the page has, run as they stand.

const HANDLER = `export const handler = async ({ token, protocolData: { mqtt, http } }) => ({
  isAuthenticated: (mqtt ? Buffer.from(mqtt.password ?? '', 'base64').toString() : http.headers['x-site']) === \`it's "2"\`,
  principalId: 'pump7',
  disconnectAfterInSeconds: 3600,
  refreshAfterInSeconds: 300,
  policyDocuments: [{ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iot:*', Resource: '*' }] }],
})`
const SENT: Sent = {
  transport: 'mqtt',
  userName: 'pump?x-amz-customauthorizer-name=words&a=b%20c',
  password: `it's "2"`,
  clientId: 'pump-7',
  query: 'x-amz-customauthorizer-name=words',
  headers: `X-Site: it's "2"`,
}

/** Of a machine that lacks one, its commands cannot be run: that is told by the name of the test that is skipped. */
const isThere = (program: string): boolean => spawnSync(program, ['--version']).error === undefined

let server: EmbeddedServer
let folder: string
beforeAll(async () => {
  server = await startEmbeddedServer()
  folder = mkdtempSync(join(tmpdir(), 'clients-'))
  copyFileSync(server.rootCaPath, join(folder, 'root-ca.pem'))
  const lambda = new LambdaClient(server.sdk)
  const iot = new IoTClient(server.sdk)
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'words',
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: 'arn:aws:iam::123456789012:role/functions',
      Code: { ZipFile: zipSync({ 'index.mjs': strToU8(HANDLER) }) },
    }),
  )
  await lambda.send(
    new AddPermissionCommand({
      FunctionName: 'words',
      StatementId: 'iot',
      Action: 'lambda:InvokeFunction',
      Principal: 'iot.amazonaws.com',
    }),
  )
  await iot.send(
    new CreateAuthorizerCommand({
      authorizerName: 'words',
      authorizerFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:words',
      status: 'ACTIVE',
      signingDisabled: true,
    }),
  )
  lambda.destroy()
  iot.destroy()
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await server?.[Symbol.asyncDispose]()
})

function run(client: string, sent: Sent): Promise<{ readonly stdout: string }> {
  const port = Number(new URL(server.https).port)
  const place = { host: 'localhost', port, topic: 'dt/pump-7/a b', caFile: 'root-ca.pem' }
  const text = snippetsOf({ sent, ...place }).find((each) => each.client === client)?.text ?? ''
  return promisify(execFile)('sh', ['-c', text], { cwd: folder, timeout: 30_000 })
}

test.skipIf(!isThere('curl'))('curl publishes with the headers as they were typed', async () => {
  const sent = { ...SENT, transport: 'https' } as const
  expect(JSON.parse((await run('curl', sent)).stdout)).toMatchObject({ message: 'OK' })
  expect(JSON.parse((await run('curl', { ...sent, headers: 'X-Site: other' })).stdout)).toMatchObject({
    message: 'Forbidden',
  })
})

test.skipIf(!isThere('mosquitto_pub'))('mosquitto_pub publishes with user name and password', async () => {
  await run('mosquitto_pub', SENT) // its message was acknowledged, or it ends otherwise
  await expect(run('mosquitto_pub', { ...SENT, password: 'other' })).rejects.toThrow(/refused|lost|authori[sz]ed/i)
})
