import { MAX_POLICY_DOCUMENT_SIZE, policyDocumentSize, policyFindings } from '@thingdeck/policies'
import { expect, test } from 'vitest'
import { documentOf, TEMPLATES } from './templates.ts'

test.each(TEMPLATES)(
  '$title is a document that AWS takes, and nothing of it is found to be wrong or too wide',
  (template) => {
    const text = documentOf(template, { region: 'eu-central-1', account: '123456789012' })
    expect(policyDocumentSize(text)).toBeLessThanOrEqual(MAX_POLICY_DOCUMENT_SIZE)
    expect(policyFindings(text).filter(({ severity }) => severity !== 'info')).toEqual([])
  },
)

test('the partition is that of the region', () => {
  const [template] = TEMPLATES
  if (!template) throw new Error('there are templates')
  expect(documentOf(template, { region: 'cn-north-1', account: '1' })).toContain('arn:aws-cn:iot:cn-north-1:1:')
})
