import { expect, test } from 'vitest'
import { type AccessKey, presignMqttUrl, SigV4Error, verifyPresignedUrl, verifySignedRequest } from './index.ts'

test('the example of the README', async () => {
  const region = 'eu-west-1'
  const credentials = { accessKeyId: 'temporary', secretAccessKey: 'secret', sessionToken: 'token' }
  const keys = new Map<string, AccessKey & { owner: string }>([['temporary', { ...credentials, owner: 'operator' }]])
  const lookupSecret = (accessKeyId: string) => keys.get(accessKeyId)
  const nowMs = Date.now()

  const url = await presignMqttUrl({ url: 'ws://localhost:7400/mqtt', region, credentials })
  const { pathname, search, host } = new URL(url)
  const { key, scope } = verifyPresignedUrl({
    method: 'GET',
    url: pathname + search,
    headers: { host },
    lookupSecret,
    nowMs,
    region,
    services: ['iotdevicegateway'],
    sessionToken: 'appended',
  })
  expect(key.owner).toBe('operator')
  expect(scope).toMatchObject({ accessKeyId: 'temporary', region, service: 'iotdevicegateway' })

  const unsigned = { method: 'GET', url: '/things', headers: { host }, lookupSecret, nowMs, services: ['iot'] }
  expect(() => verifySignedRequest(unsigned)).toThrow(SigV4Error)
})
