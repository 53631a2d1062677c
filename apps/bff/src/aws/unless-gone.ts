import { isNamed } from './error-name.ts'

/** AWS IoT's word, and IAM's. */
const GONE = ['ResourceNotFoundException', 'NoSuchEntityException'] as const

/** What AWS answers; undefined where there is no such thing, or none any more. Other errors are AWS's own. */
export async function unlessGone<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked
  } catch (error) {
    if (isNamed(error, ...GONE)) return undefined
    throw error
  }
}
