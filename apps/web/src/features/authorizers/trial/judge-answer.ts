import type { AuthorizerTestResult } from '@thingdeck/contract'
import { MalformedPolicyError, parsePolicyDocument } from '@thingdeck/policies'

/** One member of what the function answered, and what AWS IoT makes of it. */
export interface JudgedMember {
  readonly member: string
  readonly value: string
  /** `note`: AWS IoT takes it, and it may not be meant. */
  readonly verdict: 'good' | 'bad' | 'note'
  readonly words: string
}

/** AWS IoT Core developer guide, "Defining your Lambda function". */
const LEAST_SECONDS = 300
const MOST_SECONDS = 86_400
const MOST_DOCUMENTS = 10
const MOST_CHARACTERS = 2_048

/**
 * What AWS IoT makes of each member of an answer.
 * @param ofCertificate the client comes with a certificate besides, whose policies count, too (CUSTOM_AUTH_X509): its id,
 *   where it is known
 */
export function judgeAnswer(
  answer: AuthorizerTestResult,
  ofCertificate?: { readonly principalId: string | undefined },
): readonly JudgedMember[] {
  // Whoever is not known gets nothing: the rest of the answer does not count, and need not be there.
  if (answer.isAuthenticated !== true) return [authenticated(answer.isAuthenticated)]
  return [
    authenticated(answer.isAuthenticated),
    principal(answer.principalId, ofCertificate?.principalId),
    ...documents(answer.policyDocuments ?? [], ofCertificate !== undefined),
    seconds('disconnectAfterInSeconds', answer.disconnectAfterInSeconds, 'The connection is closed after'),
    seconds('refreshAfterInSeconds', answer.refreshAfterInSeconds, 'The function is asked again after'),
  ]
}

/** Whether such an answer lets the client in. */
export const letsIn = (judged: readonly JudgedMember[]): boolean => judged.every(({ verdict }) => verdict !== 'bad')

function authenticated(value: boolean | undefined): JudgedMember {
  const member = 'isAuthenticated'
  if (value === true) return { member, value: 'true', verdict: 'good', words: 'The function knows the client.' }
  return {
    member,
    value: value === undefined ? 'missing' : 'false',
    verdict: 'bad',
    words: 'The function does not know the client: it is refused. It has to answer the boolean true.',
  }
}

function principal(value: string | undefined, certificateId: string | undefined): JudgedMember {
  const member = 'principalId'
  if (value && certificateId !== undefined && value !== certificateId) {
    return {
      member,
      value,
      // Who tests it here does not tell the function which that is.
      verdict: 'note',
      words: `With this certificate AWS IoT takes its id alone, ${certificateId}, which the event says when a client connects.`,
    }
  }
  if (value === undefined || value === '') {
    return { member, value: 'missing', verdict: 'bad', words: 'A name is required: letters and digits, 1 to 128.' }
  }
  return /^[a-zA-Z0-9]{1,128}$/.test(value)
    ? { member, value, verdict: 'good', words: 'Log entries, lifecycle events and principal() of rules say it.' }
    : { member, value, verdict: 'bad', words: 'Only letters and digits are taken, 128 at most.' }
}

function documents(texts: readonly string[], mayHaveNone: boolean): readonly JudgedMember[] {
  if (texts.length === 0) {
    const words = mayHaveNone
      ? 'None: what the policies of its certificate allow is all that it may.'
      : 'None: the client may nothing, and is refused.'
    return [{ member: 'policyDocuments', value: 'none', verdict: mayHaveNone ? 'note' : 'bad', words }]
  }
  const tooMany: readonly JudgedMember[] =
    texts.length > MOST_DOCUMENTS
      ? [
          {
            member: 'policyDocuments',
            value: String(texts.length),
            verdict: 'bad',
            words: `At most ${MOST_DOCUMENTS} documents are taken.`,
          },
        ]
      : []
  return [...tooMany, ...texts.map((text, index) => judgeDocument(text, index))]
}

function judgeDocument(text: string, index: number): JudgedMember {
  const member = `policyDocuments[${index}]`
  const length = [...text].length
  const value = `${length} characters`
  if (length > MOST_CHARACTERS) {
    return {
      member,
      value,
      verdict: 'bad',
      words: `At most ${MOST_CHARACTERS.toLocaleString('en')} characters are taken.`,
    }
  }
  try {
    const { statements } = parsePolicyDocument(text)
    return {
      member,
      value,
      verdict: 'good',
      words: statements.length === 1 ? '1 statement.' : `${statements.length} statements.`,
    }
  } catch (error) {
    if (!(error instanceof MalformedPolicyError)) throw error
    return { member, value, verdict: 'bad', words: `It is no policy: ${error.message}` }
  }
}

function seconds(member: string, value: number | undefined, does: string): JudgedMember {
  if (value === undefined) {
    return { member, value: 'missing', verdict: 'note', words: 'AWS IoT goes by a default of its own.' }
  }
  const isWithin = value >= LEAST_SECONDS && value <= MOST_SECONDS
  return {
    member,
    value: String(value),
    verdict: isWithin ? 'good' : 'bad',
    words: isWithin
      ? `${does} ${durationWords(value)}.`
      : `From ${LEAST_SECONDS} (5 minutes) to ${MOST_SECONDS.toLocaleString('en')} (a day) is taken.`,
  }
}

function durationWords(value: number): string {
  if (value % 3_600 === 0) return value === 3_600 ? 'an hour' : `${value / 3_600} hours`
  return value % 60 === 0 ? `${value / 60} minutes` : `${value} s`
}
