import { expect, test } from 'vitest'
import type { ForwardedRequest } from '../../foundation/forwarded-api.ts'
import { snsNeeds } from './needs/sns-needs.ts'
import { forQueues } from './sns-message.ts'

const account = { id: '123456789012', region: 'eu-west-1' }

test('a target that is named twice is published to where policies were asked about it', () => {
  const body = Buffer.from('Action=Publish&TargetArn=closed&TargetArn=open&Message=hot')
  const request: ForwardedRequest = { method: 'POST', url: '/', headers: {}, body }
  expect(snsNeeds(account, request)).toEqual([{ action: 'sns:Publish', resources: ['open'] }])
  expect(new URLSearchParams(forQueues(request).body.toString()).getAll('TopicArn')).toEqual(['open'])
})
