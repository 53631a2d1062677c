import { expect, test } from 'vitest'
import { type Endpoint, isDocument } from './endpoint.ts'
import { endpoints } from './endpoints.ts'

const DOCUMENT = '../../../docs/reference/api.md'

const INTRODUCTION = `# API of the console's server

Every endpoint of the BFF, made of \`packages/contract\` by
\`npx vitest run -u --project node packages/contract/src/api-reference.test.ts\`. A console describes the same with all
schemas at \`/api/docs\` (OpenAPI 3.1) to people who are signed in.

- **Who may**: \`viewer\`, \`operator\` and \`admin\`, each with what those before it may; \`anyone\` is for signing in and out.
- **Audit** is the action that the [audit trail](../features.md#activity) has it under; a dash: nothing is written.
- **Takes** names what a request may have in its query and its body; parameters of the path stand in the path. A member
  that is not described is refused with 400 \`BAD_REQUEST\`; [errors](errors.md) lists all codes.
`

/** \`/api/thing-groups/:name\` → \`thing-groups\`. */
const subjectOf = ({ path }: Endpoint): string => path.split('/').filter(Boolean)[1] ?? path

function takes({ query, body }: Endpoint): string {
  const asked = Object.keys(query?.properties ?? {}).map((name) => `\`?${name}\``)
  if (!body) return asked.join(' ')
  if (isDocument(body))
    return [...asked, `a document of up to ${body.maxBytes.toLocaleString('en-US')} bytes`].join(' ')
  const members = 'properties' in body ? Object.keys(body.properties as object) : []
  return [...asked, ...(members.length > 0 ? members.map((name) => `\`${name}\``) : ['a body'])].join(' ')
}

function row(endpoint: Endpoint): string {
  const { method, path, access, audit, summary } = endpoint
  const cells = [`\`${method} ${path}\``, summary, access, audit ? `\`${audit}\`` : '–', takes(endpoint)]
  return `| ${cells.join(' | ').replaceAll('\n', ' ')} |`
}

test('docs/reference/api.md lists every endpoint (vitest -u writes it)', async () => {
  const all: readonly Endpoint[] = Object.values(endpoints)
  const sections = [...Map.groupBy(all, subjectOf)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(
      ([subject, of]) =>
        `## ${subject}\n\n| endpoint | what it does | who may | audit | takes |\n|${' --- |'.repeat(5)}\n${of.map(row).join('\n')}\n`,
    )
  await expect(`${INTRODUCTION}\n${sections.join('\n')}`).toMatchFileSnapshot(DOCUMENT)
})
