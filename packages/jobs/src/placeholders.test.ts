import { expect, test } from 'vitest'
import { fillLocal, findPlaceholders, parseS3Url, replacePlaceholders } from './index.ts'

const URL = 'https://s3.eu-west-1.amazonaws.com/firmware/pump/2.0.bin'

test.each([
  [`\${aws:iot:s3-presigned-url:${URL}}`, { kind: 's3-presigned-url', url: URL }],
  [
    `\${aws:iot:s3-presigned-url-v2:${encodeURIComponent(`${URL}?versionId=7`)}}`,
    { kind: 's3-presigned-url', url: `${URL}?versionId=7` },
  ],
  [
    '${aws:iot:s3-presigned-url-upload:https://logs.s3.amazonaws.com/${thingName}/${jobId}-${executionNumber}.txt}',
    {
      kind: 's3-presigned-url-upload',
      url: 'https://logs.s3.amazonaws.com/${thingName}/${jobId}-${executionNumber}.txt',
    },
  ],
  ['${aws:iot:parameter:downloadUrl}', { kind: 'parameter', name: 'downloadUrl' }],
  [
    '${aws:iot:package:pumpfw:version:2.0.1:attributes:os}',
    { kind: 'package', packageName: 'pumpfw', versionName: '2.0.1', wanted: { kind: 'attribute', key: 'os' } },
  ],
  [
    '${aws:iot:package::version::artifact-location:s3-presigned-url}',
    { kind: 'package', packageName: '', versionName: '', wanted: { kind: 'artifact' } },
  ],
])('%s', (text, placeholder) => {
  expect(findPlaceholders(`{"a":"${text}"}`)).toEqual([{ placeholder, text, offset: 6 }])
})

test.each([
  ['{"a":"${aws:iot:parameter:x"}', 'no closing brace'],
  ['{"a":"${aws:iot:nothing:x}"}', 'no placeholder aws:iot:nothing'],
  ['{"a":"${aws:iot:code-sign-signature:s3://x}"}', 'sign the file'],
  ['{"a":"${aws:iot:s3-presigned-url:https://example.com/a}"}', 'no URL of a file in S3'],
  ['{"a":"${aws:iot:s3-presigned-url:https://b.s3.amazonaws.com/${thingName}}"}', 'for keys of uploads'],
  ['{"a":"${aws:iot:s3-presigned-url-upload:https://b.s3.amazonaws.com/${host}}"}', 'no local placeholder ${host}'],
  ['{"a":"${aws:iot:s3-presigned-url-upload:https://${jobId}.s3.amazonaws.com/a}"}', 'bucket has no placeholders'],
  ['{"a":"${aws:iot:s3-presigned-url-upload:https://b.s3.amazonaws.com/${jobId}${jobId}${jobId}}"}', 'at most 2'],
  ['{"a":"${aws:iot:package:p:version::attributes:os}"}', 'both empty'],
  ['{"a":"${aws:iot:package:p:version:$null:attributes:os}"}', '$null'],
  ['{"a":"v${aws:iot:package:p:version:1:attributes}"}', 'whole value'],
  [`{"a":[${Array.from({ length: 11 }, () => `"\${aws:iot:s3-presigned-url:${URL}}"`)}]}`, 'at most 10'],
])('%s is refused, and why: %s', (document, why) => {
  expect(() => findPlaceholders(document)).toThrow(why)
})

test('a document keeps its digits, its order and all else that is no placeholder', () => {
  const document =
    '{"n":1.10,"sh":"${HOME}","a":"x-${aws:iot:parameter:p}-y","all":"${aws:iot:package:p:version:1:attributes}","b":"${aws:iot:parameter:q}"}'
  const replaced = replacePlaceholders(document, (placeholder) => {
    if (placeholder.kind === 'package') return { json: '{"os":"rtos"}' }
    return placeholder.kind === 'parameter' && placeholder.name === 'p' ? 'a "quoted"\nline' : undefined
  })
  expect(replaced).toBe(
    '{"n":1.10,"sh":"${HOME}","a":"x-a \\"quoted\\"\\nline-y","all":{"os":"rtos"},"b":"${aws:iot:parameter:q}"}',
  )
})

test.each([
  ['https://s3.amazonaws.com/b/k/l', 'b', 'k/l'],
  ['https://s3-eu-west-1.amazonaws.com/b/k', 'b', 'k'],
  ['https://b.c.s3.eu-west-1.amazonaws.com/k/l.bin', 'b.c', 'k/l.bin'],
  ['https://b.s3.dualstack.us-east-1.amazonaws.com/k', 'b', 'k'],
  ['http://s3.amazonaws.com/b/k', undefined, undefined],
  ['https://s3.amazonaws.com.example.com/b/k', undefined, undefined],
])('%s is %s and %s', (url, bucket, key) => {
  const location = parseS3Url(url)
  expect([location?.bucket, location?.key]).toEqual([bucket, key])
})

test('local placeholders', () => {
  expect(
    fillLocal('${thingName}/${jobId}/${executionNumber}', { thingName: 't', jobId: 'j', executionNumber: 2 }),
  ).toBe('t/j/2')
})
