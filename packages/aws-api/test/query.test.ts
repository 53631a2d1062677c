import * as iam from '@aws-sdk/client-iam'
import * as sts from '@aws-sdk/client-sts'
import { describe, expect, test } from 'vitest'
import { type ApiOptions, AwsError, defineService, IAM, STS } from '../src/index.ts'
import { startApi } from './api-server.ts'
import { send, signedFor } from './raw-request.ts'

/** Forms and XML as AWS documents them, without a client that would hide what was sent. */
const received: unknown[] = []
const options: ApiOptions<string> = {
  services: [
    defineService<typeof sts, string>(sts, {
      ...STS,
      handlers: {
        GetCallerIdentity: (_input, { caller }) => ({ Account: '123456789012', UserId: caller }),
        AssumeRole: (input) => {
          received.push(input)
          return {}
        },
        AssumeRoleWithWebIdentity: (_input, { caller }) => ({ SubjectFromWebIdentityToken: caller }),
        GetSessionToken: () => {
          throw new AwsError('AccessDeniedException', 'not you & not <now>')
        },
      },
    }),
    defineService<typeof iam, string>(iam, {
      ...IAM,
      handlers: {
        GetRole: ({ RoleName }) => ({
          Role: {
            Path: '/',
            RoleName,
            RoleId: 'AROA',
            Arn: 'arn',
            CreateDate: new Date(Date.UTC(2025, 0, 31, 12)),
            Tags: [{ Key: 'a', Value: '<&">\r' }],
          },
        }),
        DeleteRole: () => {
          throw new AwsError('NoSuchEntityException', 'no such role')
        },
      },
    }),
  ],
  authenticate: (_request, _service, { unsigned }) => {
    if (!unsigned) return 'signed'
    return 'anonymous'
  },
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
const post = (url: string, service: string | undefined, form: Record<string, string>) =>
  send(url, 'POST', '/', { ...FORM, ...(service && signedFor(service)) }, new URLSearchParams(form).toString())

describe('an answer', () => {
  test('is the result and the request id, in the namespace of the service', async () => {
    await using server = await startApi(options)
    const answer = await post(server.url, 'sts', { Action: 'GetCallerIdentity', Version: '2011-06-15' })
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'text/xml' } })
    expect(answer.text).toBe(
      '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
        '<UserId>signed</UserId><Account>123456789012</Account></GetCallerIdentityResult>' +
        `<ResponseMetadata><RequestId>${answer.headers['x-amzn-requestid']}</RequestId></ResponseMetadata>` +
        '</GetCallerIdentityResponse>',
    )
  })

  test('has lists of members, moments in ISO 8601, and text that is no markup', async () => {
    await using server = await startApi(options)
    const { text } = await post(server.url, 'iam', { Action: 'GetRole', RoleName: 'ci' })
    expect(text).toContain('<CreateDate>2025-01-31T12:00:00Z</CreateDate>')
    expect(text).toContain('<Tags><member><Key>a</Key><Value>&lt;&amp;&quot;&gt;&#xD;</Value></member></Tags>')
  })

  test('to a GET', async () => {
    await using server = await startApi(options)
    const answer = await send(server.url, 'GET', '/?Action=GetRole&RoleName=ci', signedFor('iam'))
    expect(answer.text).toContain('<RoleName>ci</RoleName>')
  })
})

test('an input is read from its parameters, lists in the order of their numbers', async () => {
  await using server = await startApi(options)
  received.length = 0
  await post(server.url, 'sts', {
    Action: 'AssumeRole',
    RoleArn: 'arn:aws:iam::123456789012:role/ci',
    RoleSessionName: 'build',
    DurationSeconds: '900',
    'Tags.member.10.Key': 'second',
    'Tags.member.10.Value': '2',
    'Tags.member.2.Value': '1 +',
    'Tags.member.2.Key': 'first',
    TransitiveTagKeys: '',
    Unknown: 'passed over',
  })
  expect(received).toEqual([
    {
      RoleArn: 'arn:aws:iam::123456789012:role/ci',
      RoleSessionName: 'build',
      DurationSeconds: 900,
      Tags: [
        { Key: 'first', Value: '1 +' },
        { Key: 'second', Value: '2' },
      ],
      TransitiveTagKeys: [],
    },
  ])
})

test('a form without a signature is for STS, whose unsigned operations know their caller by it', async () => {
  await using server = await startApi(options)
  const form = {
    Action: 'AssumeRoleWithWebIdentity',
    RoleArn: 'arn:aws:iam::123456789012:role/ci',
    RoleSessionName: 'build',
    WebIdentityToken: 'token',
  }
  const answer = await post(server.url, undefined, form)
  expect(answer.text).toContain('<SubjectFromWebIdentityToken>anonymous</SubjectFromWebIdentityToken>')
})

describe('a refusal is XML with the code that clients of the protocol know', () => {
  const valid = { RoleArn: 'arn:aws:iam::123456789012:role/ci', RoleSessionName: 'build' }
  test.each<[what: string, service: string, form: Record<string, string>, status: number, code: string]>([
    ['modelled', 'iam', { Action: 'DeleteRole', RoleName: 'ci' }, 404, 'NoSuchEntity'],
    ['of every service', 'sts', { Action: 'GetSessionToken' }, 403, 'AccessDenied'],
    ['of what is not there yet', 'sts', { Action: 'GetFederationToken', Name: 'ab' }, 501, 'NotImplemented'],
    ['of what is no action', 'sts', { Action: 'constructor' }, 400, 'InvalidAction'],
    ['of no action', 'sts', {}, 400, 'InvalidAction'],
    [
      'for an input that breaks the model',
      'sts',
      { Action: 'AssumeRole', ...valid, RoleSessionName: 'a b' },
      400,
      'ValidationError',
    ],
    ['for what is missing', 'iam', { Action: 'GetRole' }, 400, 'ValidationError'],
    ['for no number', 'sts', { Action: 'AssumeRole', ...valid, DurationSeconds: 'ten' }, 400, 'MalformedInput'],
    [
      'for a structure that is text',
      'sts',
      { Action: 'AssumeRole', ...valid, 'Tags.member.x': '1' },
      400,
      'MalformedInput',
    ],
    ['for text that is a structure', 'sts', { Action: 'AssumeRole', ...valid, 'Policy.a': '1' }, 400, 'MalformedInput'],
    [
      'for a name without an end',
      'sts',
      { Action: 'AssumeRole', ...valid, ['a.'.repeat(5000)]: '1' },
      400,
      'MalformedInput',
    ],
  ])('%s', async (_what, service, form, status, code) => {
    await using server = await startApi(options)
    const answer = await post(server.url, service, form)
    expect(answer).toMatchObject({ status, headers: { 'content-type': 'text/xml' } })
    expect(answer.text).toMatch(
      new RegExp(
        `^<ErrorResponse xmlns="https://${service}\\.amazonaws\\.com/doc/[^"]+/"><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>` +
          `<Code>${code}</Code><Message>[^<]*</Message></Error><RequestId>${answer.headers['x-amzn-requestid']}</RequestId></ErrorResponse>$`,
      ),
    )
  })

  test('of an expired signature is not what STS calls an expired token', async () => {
    const entries: unknown[] = []
    await using server = await startApi<string>({
      ...options,
      authenticate: (_request, _service, { unsigned }) => {
        if (unsigned) return 'anonymous'
        throw new AwsError('ExpiredTokenException', 'expired')
      },
      onAnswered: ({ errorName, status }) => entries.push([errorName, status]),
    })
    const { text } = await post(server.url, 'sts', { Action: 'GetCallerIdentity' })
    expect(text).toContain('<Code>ExpiredToken</Code>')
    expect(entries).toEqual([['ExpiredTokenException', 403]])
  })

  test('and its message is text', async () => {
    await using server = await startApi(options)
    const { text } = await post(server.url, 'sts', { Action: 'GetSessionToken' })
    expect(text).toContain('<Message>not you &amp; not &lt;now&gt;</Message>')
  })
})
