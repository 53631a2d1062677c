import type { DestinationPackageVersion } from '@thingdeck/contract'
import { findPlaceholders, isPresigned, JobError } from '@thingdeck/jobs'
import { jsonProblems, readJsonTree } from '../../../shared/editor/json-problems.ts'
import type { TextProblem } from '../../../shared/editor/text-problem.ts'
import { type DestinationFacts, packageProblem } from './package-placeholders.ts'

/** AWS IoT API reference, CreateJob. */
const MOST_CHARACTERS = 32_768

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
