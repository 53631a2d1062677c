import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import type { AuditPage, Stream, StreamPage } from '@thingdeck/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask } from './ask.ts'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'

const ROLE = 'arn:aws:iam::123456789012:role/streams'

let console: TestConsole
const ada = new Browser()
const grace = new Browser()

beforeAll(async () => {
  console = await startConsole()
  await signIn(ada, console.url, 'ada')
  await signIn(grace, console.url, 'grace')
  const s3 = new S3Client({ ...console.sdk, forcePathStyle: true })
  await s3.send(new CreateBucketCommand({ Bucket: 'firmware' }))
  for (const Key of ['pump/1.bin', 'pump/2.bin']) {
    await s3.send(new PutObjectCommand({ Bucket: 'firmware', Key, Body: `the image ${Key}` }))
  }
  s3.destroy()
})
afterAll(async () => console[Symbol.asyncDispose]())

const call = <Answer>(method: string, path: string, body?: object, person = ada) =>
  ask<Answer>(person, console.url, method, path, body)
const file = (key: string) => ({ fileId: 1, s3Location: { bucket: 'firmware', key } })

test('a stream is made of files, has a next version with others, and is deleted by an admin', async () => {
  const made = await call<Stream>('POST', '/api/streams', {
    streamId: 'pump-image',
    description: 'for pumps',
    files: [file('pump/1.bin')],
    roleArn: ROLE,
    tags: { site: 'north' },
  })
  expect(made.body).toMatchObject({ streamVersion: 1, files: [file('pump/1.bin')], roleArn: ROLE })
  const missing = await call('POST', '/api/streams', { streamId: 'none', files: [file('no.bin')], roleArn: ROLE })
  expect(missing).toMatchObject({ status: 404, body: { code: 'ResourceNotFoundException' } })
  const next = await call<Stream>('PUT', '/api/streams/pump-image', {
    description: 'for pumps',
    files: [file('pump/2.bin')],
    roleArn: ROLE,
  })
  expect(next.body).toMatchObject({ streamVersion: 2, files: [file('pump/2.bin')] })
  expect((await call<StreamPage>('GET', '/api/streams')).body.streams).toMatchObject([
    { streamId: 'pump-image', streamVersion: 2, description: 'for pumps' },
  ])
  expect((await call('DELETE', '/api/streams/pump-image')).status).toBe(403)
  expect((await call('DELETE', '/api/streams/pump-image', undefined, grace)).status).toBe(204)
  expect((await call('GET', '/api/streams/pump-image')).status).toBe(404)
  const { body } = await call<AuditPage>('GET', '/api/audit')
  expect(body.entries.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['CreateStream', 'UpdateStream', 'DeleteStream']),
  )
})
