import { expect, test } from 'vitest'
import { RESERVED_TOPICS } from './reserved-topic-table.ts'
import { AWS_TOPIC_LIMITS } from './topic-limits.ts'

const DOCUMENT = '../../../docs/reference/topics.md'

const MAY = { publish: 'publish', subscribe: 'subscribe', both: 'publish and subscribe' } as const

/** What topics are about, by the levels that they begin with; the first that fits. */
const SUBJECTS: readonly [title: string, pattern: RegExp][] = [
  ['Shadows', /^\$aws\/things\/\{thingName\}\/shadow/],
  ['Jobs', /^\$aws\/things\/\{thingName\}\/jobs/],
  ['Provisioning', /^\$aws\/(?:certificates|provisioning-templates)\//],
  ['Commands', /^\$aws\/commands\//],
  ['Streams', /\/streams\//],
  ['Events', /^\$aws\/events\//],
  ['Other services', /^/],
]

const INTRODUCTION = `# Reserved topics

The topics in \`$aws\`, and what a client may do with each: whatever its policies say, more is refused. Made of
\`packages/topics\`, which names the pages of AWS's that they are from, by
\`npx vitest run -u --project node packages/topics/src/topic-reference.test.ts\`. \`{thingName}\` stands for one level.

A topic has at most ${AWS_TOPIC_LIMITS.maxBytes} bytes and ${AWS_TOPIC_LIMITS.maxSlashes} \`/\`; \`$aws/rules/RULE/\` and
\`$aws/commands/\` at its beginning are not counted. What is published on \`$aws/rules/RULE/…\` (Basic Ingest) goes to that
rule and to nobody else. What the embedded server has nobody for is in [Differences from AWS](../local.md#differences-from-aws).
`

test('docs/reference/topics.md lists every reserved topic (vitest -u writes it)', async () => {
  const subjectOf = (topic: string) => SUBJECTS.find(([, pattern]) => pattern.test(topic))?.[0]
  const bySubject = Map.groupBy(RESERVED_TOPICS, ({ pattern }) => subjectOf(pattern))
  const sections = SUBJECTS.map(([title]) => {
    const rows = (bySubject.get(title) ?? []).map(({ pattern, access }) => `| \`${pattern}\` | ${MAY[access]} |`)
    return `## ${title}\n\n| topic | clients may |\n| --- | --- |\n${rows.join('\n')}\n`
  })
  await expect(`${INTRODUCTION}\n${sections.join('\n')}`).toMatchFileSnapshot(DOCUMENT)
})
