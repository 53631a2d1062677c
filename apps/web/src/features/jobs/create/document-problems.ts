import { jsonProblems, readJsonTree } from '../../../shared/editor/json-problems.ts'
import type { TextProblem } from '../../../shared/editor/text-problem.ts'

/** A document has at most so many presigned URLs (AWS IoT Device Management quotas). */
const MOST_PRESIGNED = 10
/** AWS IoT API reference, CreateJob. */
const MOST_CHARACTERS = 32_768

/** A placeholder that AWS replaces, as it stands in a document. */
export interface Placeholder {
  readonly label: string
  /** What is put in; `|` is where the cursor goes. */
  readonly insert: string
  readonly words: string
}

/** @see AWS IoT developer guide, "Create and manage jobs", "Preparing jobs for the package catalog" */
export const PLACEHOLDERS: readonly Placeholder[] = [
  {
    label: '${aws:iot:s3-presigned-url-v2:…}',
    insert: '${aws:iot:s3-presigned-url-v2:https://BUCKET.s3.REGION.amazonaws.com/KEY|}',
    words:
      'An address from which the device fetches a file of S3, made when it asks. The URL is percent-encoded, and may name a version.',
  },
  {
    label: '${aws:iot:s3-presigned-url:…}',
    insert: '${aws:iot:s3-presigned-url:https://s3.REGION.amazonaws.com/BUCKET/KEY|}',
    words: 'The same without encoding, and without a version.',
  },
  {
    label: '${aws:iot:s3-presigned-url-upload:…}',
    insert: '${aws:iot:s3-presigned-url-upload:https://BUCKET.s3.REGION.amazonaws.com/${thingName}/|}',
    words:
      'An address to which the device puts a file; the key may hold ${thingName}, ${jobId} and ${executionNumber}.',
  },
  {
    label: '${aws:iot:package:…:artifact-location:s3-presigned-url}',
    insert: '${aws:iot:package:PACKAGE:version:VERSION:artifact-location:s3-presigned-url|}',
    words: 'Where the artifact of a version of a software package is fetched.',
  },
  {
    label: '${aws:iot:package:…:attributes:…}',
    insert: '${aws:iot:package:PACKAGE:version:VERSION:attributes:KEY|}',
    words: 'An attribute of a version of a software package.',
  },
]

const KNOWN = [
  { pattern: /^aws:iot:s3-presigned-url(?:-v2)?:https:\/\/.+/, isPresigned: true },
  { pattern: /^aws:iot:s3-presigned-url-upload:https:\/\/.+/, isPresigned: true },
  { pattern: /^aws:iot:package:[^:]*:version:[^:]*:artifact-location:s3-presigned-url$/, isPresigned: true },
  { pattern: /^aws:iot:package:[^:]*:version:[^:]*:attributes(?::.+)?$/, isPresigned: false },
] as const

/** What is wrong with a document, or should be known of it, before AWS says so. */
export function documentProblems(text: string, { hasRole }: { readonly hasRole: boolean }): readonly TextProblem[] {
  const problems = [...jsonProblems(text)]
  if (text.trim() === '') return problems
  const read = readJsonTree(text)
  if ('tree' in read && !text.trimStart().startsWith('{')) {
    problems.push({
      severity: 'error',
      message: 'A device gets the document as a JSON object: begin with {',
      from: 0,
      to: text.length,
    })
  }
  if ([...text].length > MOST_CHARACTERS) {
    problems.push({
      severity: 'error',
      message: `At most ${MOST_CHARACTERS} characters; a longer document can lie in S3`,
      from: 0,
      to: text.length,
    })
  }
  const found = placeholdersIn(text)
  for (const { from, to, inner } of found) {
    const known = KNOWN.find(({ pattern }) => pattern.test(inner ?? ''))
    if (inner === undefined) {
      problems.push({ severity: 'error', message: 'This placeholder does not end: } is missing', from, to })
    } else if (inner.startsWith('aws:iot:parameter:')) {
      problems.push({ severity: 'error', message: 'Parameters are of managed templates alone', from, to })
    } else if (inner.startsWith('aws:') && !known) {
      problems.push({ severity: 'error', message: `AWS knows no placeholder of the form ${inner}`, from, to })
    } else if (known?.isPresigned && !hasRole) {
      problems.push({
        severity: 'error',
        message: 'A presigned URL needs a role that AWS makes it by: name one below',
        from,
        to,
      })
    }
  }
  const presigned = found.filter(({ inner = '' }) =>
    KNOWN.some(({ pattern, isPresigned }) => isPresigned && pattern.test(inner)),
  )
  const [tooMany] = presigned.slice(MOST_PRESIGNED)
  if (tooMany) {
    const { from, to } = tooMany
    problems.push({ severity: 'error', message: `A document has at most ${MOST_PRESIGNED} presigned URLs`, from, to })
  }
  return problems
}

interface FoundPlaceholder {
  readonly from: number
  readonly to: number
  /** Between `${` and `}`; undefined: it does not end. */
  readonly inner: string | undefined
}

/** Placeholders of AWS's in a text; those within one, as of an upload's key, are a part of it. */
export function placeholdersIn(text: string): readonly FoundPlaceholder[] {
  const found: FoundPlaceholder[] = []
  for (let from = text.indexOf('${aws:'); from !== -1; ) {
    const end = endOf(text, from)
    const to = end ?? Math.min(text.length, from + 2)
    found.push({ from, to, inner: end === undefined ? undefined : text.slice(from + 2, end - 1) })
    from = text.indexOf('${aws:', to)
  }
  return found
}

/** Behind the `}` of a placeholder; undefined: its string ends before. */
function endOf(text: string, from: number): number | undefined {
  let depth = 0
  for (let index = from; index < text.length; index += 1) {
    if (text.startsWith('${', index)) depth += 1
    else if (text[index] === '}') {
      depth -= 1
      if (depth === 0) return index + 1
    } else if (text[index] === '"' || text[index] === '\n') return undefined
  }
  return undefined
}
