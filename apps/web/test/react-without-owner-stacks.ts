import * as React from 'react'

/** Where React counts the elements that it notes a stack trace for: ten thousand of each second, and none beyond. */
const COUNTER = 'recentlyCreatedOwnerStacks'
const INTERNALS = '__CLIENT_INTERNALS_DO_NOT_USE_OR_WARN_USERS_THEY_CANNOT_UPGRADE'

/**
 * React for development notes for each element where it was made, which costs a sixth of the time of a page's test and is
 * read by nobody but a person in front of React's own tools. Here the elements of each second are as those beyond the ten
 * thousandth always are: all warnings are the same, and have no such trace.
 */
const internals: unknown = Reflect.get(React, INTERNALS)
if (typeof internals !== 'object' || internals === null || !(COUNTER in internals))
  throw new Error(`React has no ${COUNTER} any more: see what makes its elements dear now, or do without this file.`)
Object.defineProperty(internals, COUNTER, { get: () => Number.MAX_SAFE_INTEGER, set() {}, configurable: true })
