import Alert, { type AlertProps } from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'

interface Words {
  readonly type: AlertProps.Type
  readonly header: string
  /** Why, and what to do. */
  readonly text: string
  /** Of the button that tries again; undefined: that is done elsewhere. */
  readonly retry?: string
  /** Trying again is of use only as someone else. */
  readonly asSomeoneElse?: true
}

const OTHERWISE: Words = {
  type: 'error',
  header: 'You could not be signed in',
  text: 'Something went wrong in the console. Try again; if it stays, hand the request id to whoever runs the console: it leads to the cause in its log.',
  retry: 'Try again',
}

/** What each code of the server means to the person who wanted to sign in. */
const WORDS: Readonly<Record<string, Words>> = {
  CODE_NEEDED: {
    type: 'info',
    header: 'This console opens by an address of its own',
    text: 'It acts with the AWS credentials of the person who started it, and is for that person alone. Open the address that npm start -- --aws printed in the terminal; press Enter there for a new one. This page then goes on by itself.',
  },
  CODE_ENDED: {
    type: 'warning',
    header: 'This address was used already, or is too old',
    text: 'Each address opens the console once, within five minutes. Press Enter in the terminal where npm start -- --aws runs, and open the one that it prints.',
  },
  SIGN_IN_CANCELLED: {
    type: 'info',
    header: 'The sign-in was cancelled',
    text: 'Nothing was changed. If you did not cancel it yourself, your identity provider did not allow it: ask its administrator.',
    retry: 'Sign in',
  },
  SIGN_IN_FAILED: {
    type: 'error',
    header: 'The sign-in did not succeed',
    text: "The identity provider's answer was not accepted. This happens when a sign-in page was left open for long, or was opened in another browser. Try again.",
    retry: 'Try again',
  },
  NO_ROLE: {
    type: 'warning',
    header: 'You have no role in this console',
    text: 'The identity provider knows you, but you are in none of the groups viewer, operator and admin. Ask an administrator to add you to one, or sign in as someone else.',
    retry: 'Sign in as someone else',
    asSomeoneElse: true,
  },
  ISSUER_UNAVAILABLE: {
    type: 'error',
    header: 'The identity provider does not answer',
    text: 'The console could not reach the service where you sign in. It may be starting or out of order. Try again in a minute.',
    retry: 'Try again',
  },
  STORE_UNAVAILABLE: {
    type: 'error',
    header: 'The console cannot remember a sign-in now',
    text: 'The store that it keeps sessions in does not answer. Nobody was signed out; it works again when the store does. Try again in a minute.',
    retry: 'Try again',
  },
  TOO_MANY_REQUESTS: {
    type: 'warning',
    header: 'Too many attempts to sign in',
    text: 'Wait a minute, then try again. If this came without your doing, the browser may be refusing the cookie of this console: allow it.',
    retry: 'Try again',
  },
}

/** `problem` is whatever the address says. */
export const wordsOfProblem = (problem: string): Words =>
  (Object.hasOwn(WORDS, problem) ? WORDS[problem] : undefined) ?? OTHERWISE

/** What failed, why and what to do; and what to hand on to whoever looks into it. */
export function SignInProblem({ problem, requestId }: { readonly problem: string; readonly requestId?: string }) {
  const { type, header, text } = wordsOfProblem(problem)
  return (
    <Alert type={type} header={header}>
      <Box>{text}</Box>
      {type !== 'info' && (
        <Box variant="small" padding={{ top: 'xs' }}>
          {problem}
          {requestId !== undefined && (
            <>
              {', request '}
              <span className="td-mono">
                <CopyToClipboard
                  variant="inline"
                  textToCopy={requestId}
                  copyButtonAriaLabel="Copy request id"
                  copySuccessText="Copied"
                  copyErrorText="It could not be copied"
                />
              </span>
            </>
          )}
        </Box>
      )}
    </Alert>
  )
}
