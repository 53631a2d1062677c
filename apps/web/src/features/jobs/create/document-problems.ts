import type { DestinationPackageVersion } from '@thingdeck/contract'
import { findPlaceholders, isPresigned, JobError } from '@thingdeck/jobs'
import { jsonProblems, readJsonTree } from '../../../shared/editor/json-problems.ts'
import type { TextProblem } from '../../../shared/editor/text-problem.ts'
import { type DestinationFacts, packageProblem } from './package-placeholders.ts'

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

interface DocumentHome {
  /** The job has a role by which URLs are presigned. */
  readonly hasRole: boolean
  /** The package versions that the job brings. */
  readonly packageVersions?: readonly DestinationPackageVersion[]
  /** What the catalog says of these, as far as it was read. */
  readonly facts?: readonly DestinationFacts[]
}

/** What is wrong with a document, or should be known of it, before AWS says so. */
export function documentProblems(text: string, home: DocumentHome): readonly TextProblem[] {
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
  return [...problems, ...placeholderProblems(text, home)]
}

/** As the server itself reads them. */
function placeholderProblems(
  text: string,
  { hasRole, packageVersions = [], facts = [] }: DocumentHome,
): readonly TextProblem[] {
  try {
    return findPlaceholders(text).flatMap(({ placeholder, offset: from, text: { length } }): TextProblem[] => {
      const place = { severity: 'error', from, to: from + length } as const
      if (placeholder.kind === 'parameter') return [{ ...place, message: 'Parameters are of managed templates alone' }]
      const ofPackage = placeholder.kind === 'package' ? packageProblem(placeholder, packageVersions, facts) : undefined
      if (ofPackage !== undefined) return [{ ...place, message: ofPackage }]
      return isPresigned(placeholder) && !hasRole
        ? [{ ...place, message: 'A presigned URL needs a role that AWS makes it by: name one below' }]
        : []
    })
  } catch (error) {
    if (!(error instanceof JobError)) throw error
    // Its sentence begins with the placeholder that it is about.
    const [about = '${aws:iot:'] = /\$\{aws:iot:[^"]*?\}/.exec(error.message) ?? []
    const from = Math.max(0, text.indexOf(about))
    return [{ severity: 'error', message: error.message, from, to: Math.min(text.length, from + about.length) }]
  }
}
