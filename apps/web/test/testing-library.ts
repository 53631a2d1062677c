import { type Config, configure, getConfig, prettyDOM } from '@testing-library/react'
import './react-without-owner-stacks.ts'

/** What the library says of itself while it asks again and again, as `waitFor` and `findBy…` do; its types leave it out. */
interface WhileAskingAgain extends Config {
  readonly _disableExpensiveErrorDiagnostics: boolean
}

/**
 * An element that is not there: the error has the page in it, which is most of what it costs. Where the question is asked
 * again until it has an answer, nobody reads the errors in between; the one that ends the asking is made here once more.
 */
function elementError(message: string | null, container: Element): Error {
  const { _disableExpensiveErrorDiagnostics: isAskedAgain } = getConfig() as WhileAskingAgain
  const error = new Error(isAskedAgain ? (message ?? '') : `${message ?? ''}\n\n${prettyDOM(container)}`)
  error.name = 'TestingLibraryElementError'
  return error
}

// It ends what is waited for in vain; a machine that is busy needs its time, and what comes is waited for no longer.
configure({ asyncUtilTimeout: 60_000, getElementError: elementError })
