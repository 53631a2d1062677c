import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { expect, onTestFinished, test } from 'vitest'

const PROGRAM = fileURLToPath(new URL('./messaging.ts', import.meta.url))
const OWN_URL = 'http://localhost:7400'

/**
 * S3 and SQS with what a folder keeps, as a process of their own that the test ends.
 * @param roomBlocks beyond so many blocks no file can grow: to a program that writes it is a disk that takes no more
 */
async function start(folder: string, roomBlocks: number | 'unlimited' = 'unlimited') {
  const SOCKET = join(folder, `${roomBlocks}.sock`)
  const limited = ['-c', 'ulimit -f "$0" && exec "$@"', String(roomBlocks), process.execPath, PROGRAM]
  const child = spawn('sh', limited, {
    env: { SOCKET, DATA_FOLDER: folder, AWS_ACCOUNT_ID: '123456789012', AWS_REGION: 'us-east-1', OWN_URL },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit')
  await Promise.race([
    once(child, 'message'),
    ended.then(() => Promise.reject(new Error('It ended in place of listening'))),
  ])
  const httpAgent = Object.assign(new Agent(), { createConnection: () => connect(SOCKET) })
  const config = {
    endpoint: OWN_URL,
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    requestHandler: { httpAgent },
    maxAttempts: 1,
  }
  return {
    s3: new S3Client({ ...config, forcePathStyle: true }),
    sqs: new SQSClient({ ...config, useQueueUrlAsEndpoint: false }),
    stop: async () => {
      child.kill('SIGKILL')
      await ended
      httpAgent.destroy()
    },
  }
}

test('what is kept can be read after a start on a full disk', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'messaging-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const object = { Bucket: 'kept', Key: 'a' }
  const first = await start(folder)
  await first.s3.send(new CreateBucketCommand({ Bucket: 'kept' }))
  await first.s3.send(new PutObjectCommand({ ...object, Body: 'here' }))
  const { QueueUrl } = await first.sqs.send(new CreateQueueCommand({ QueueName: 'kept' }))
  await first.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'here' }))
  await first.sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0 }))
  await first.stop()

  const full = await start(folder, 0)
  const { Body } = await full.s3.send(new GetObjectCommand(object))
  expect(await Body?.transformToString()).toBe('here')
  const AttributeNames = ['ApproximateNumberOfMessages' as const]
  const { Attributes } = await full.sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }))
  expect(Attributes).toEqual({ ApproximateNumberOfMessages: '1' })
  await full.stop()
})
