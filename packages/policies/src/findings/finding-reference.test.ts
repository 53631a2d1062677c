import { expect, test } from 'vitest'
import { FINDING_REFERENCE } from './finding-reference.ts'

const INTRODUCTION = `# What is found in a policy

The policy editor looks at a document as \`policyFindings\` of \`packages/policies\` reads it: with the embedded server's own
parser, and for what AWS IoT takes without a word although it allows too much, or nothing at all. A document is looked at by
itself: what it lacks, another policy of the same principal may have. Beside these, what AWS refuses is told with its
place. \`npm test -- -u\` writes this page.

"guide" is the AWS IoT Core developer guide, "API" its API reference.`

test('docs/reference/policy-findings.md is this table (vitest -u writes it)', async () => {
  const rows = Object.entries(FINDING_REFERENCE).map(
    ([code, { when, source }]) => `| \`${code}\` | ${when} | ${source} |`,
  )
  const table = ['| code | when | source |', '| --- | --- | --- |', ...rows].join('\n')
  await expect(`${INTRODUCTION}\n\n${table}\n`).toMatchFileSnapshot('../../../../docs/reference/policy-findings.md')
})
