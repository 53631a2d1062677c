import { readFileSync } from 'node:fs'
import { ResourceNotFoundException, ThrottlingException } from '@aws-sdk/client-iot'
import { expect, test } from 'vitest'
import { PROBLEMS, Problem, toProblem } from './problem.ts'

test('docs/reference/errors.md lists exactly the codes, with their status and title', () => {
  const text = readFileSync(new URL('../../../docs/reference/errors.md', import.meta.url), 'utf8')
  const rows = [...text.matchAll(/^\| `(\w+)` \| (\d+) \| (.+) \|$/gm)].map(([, code, status, title]) => [
    code,
    { status: Number(status), title },
  ])
  expect(Object.fromEntries(rows)).toEqual(PROBLEMS)
})

const metadata = { $metadata: { httpStatusCode: 404, requestId: 'aws-1' } }
const named = (name: string, extra: object = {}) => Object.assign(new Error('secret cause'), { name }, extra)

test.each([
  ['our own', new Problem('NO_ROLE', 'none'), { status: 403, code: 'NO_ROLE', detail: 'none' }],
  [
    "AWS's, by its name and status",
    new ResourceNotFoundException({ message: 'Thing x not found', ...metadata }),
    { status: 404, code: 'ResourceNotFoundException', detail: 'Thing x not found', awsRequestId: 'aws-1' },
  ],
  [
    'a throttle of the control plane, which is 400 there',
    new ThrottlingException({ message: 'slow down', $metadata: { httpStatusCode: 400 } }),
    { status: 429, code: 'ThrottlingException' },
  ],
  [
    'what is not there in Cognito, which says so with 400',
    new ResourceNotFoundException({ message: 'Identity x not found.', $metadata: { httpStatusCode: 400 } }),
    { status: 404, code: 'ResourceNotFoundException' },
  ],
  [
    'a bucket of another region',
    named('PermanentRedirect', { $fault: 'client', $metadata: { httpStatusCode: 301 } }),
    { status: 400, code: 'PermanentRedirect' },
  ],
  [
    'a refusal of the BFF itself, which is not the person’s fault',
    named('UnrecognizedClientException', { $fault: 'client', $metadata: { httpStatusCode: 403 } }),
    { status: 502, code: 'AWS_REFUSED' },
  ],
  [
    'a refusal of S3',
    named('AccessDenied', { $fault: 'client', $metadata: { httpStatusCode: 403 } }),
    { status: 502, code: 'AWS_REFUSED' },
  ],
  ['a dead connection', named('Error', { code: 'ECONNREFUSED' }), { status: 502, code: 'AWS_UNAVAILABLE' }],
  [
    'a person who left in the middle of a request',
    named('Error', { code: 'ECONNRESET', statusCode: 400 }),
    { status: 400, code: 'BAD_REQUEST' },
  ],
  ['the rate limit', named('Error', { statusCode: 429 }), { status: 429, code: 'TOO_MANY_REQUESTS' }],
  ['a directory asked of the static files', named('Error', { statusCode: 403 }), { status: 404, code: 'NOT_FOUND' }],
  [
    'anything else',
    named('TypeError'),
    { status: 500, code: 'INTERNAL', detail: expect.not.stringContaining('secret cause') },
  ],
])('%s', (_what, error, expected) => {
  expect(toProblem(error, 'request-1')).toMatchObject({ ...expected, requestId: 'request-1' })
})
