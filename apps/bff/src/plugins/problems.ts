import type { FastifyError, FastifySchemaValidationError } from 'fastify'
import plugin from 'fastify-plugin'
import { toProblem } from '../problem.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Of the trace that this request is part of, where there are traces. */
    traceId?: string
  }
}

/** What is wrong, and with which member: `body/targets must NOT have additional properties: 'x'`. */
function inWords(errors: readonly FastifySchemaValidationError[], part: string): string {
  return errors
    .map(({ instancePath, message, keyword, params }) => {
      const unknown = keyword === 'additionalProperties' ? `: '${params.additionalProperty}'` : ''
      return `${part}${instancePath} ${message}${unknown}`
    })
    .join(', ')
}

/** Answers every failure as a problem, and logs it: as an error where it is the console's own. */
export const problems = plugin(async (app) => {
  app.setSchemaErrorFormatter((errors, part) => new Error(inWords(errors, part)))
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    const { traceId } = request
    const problem = { ...toProblem(error, request.id), ...(traceId !== undefined && { traceId }) }
    request.auditProblem = problem
    // What was being read for somebody who has left is given up: nothing went wrong, and nobody gets the answer.
    if (request.signal.aborted) request.log.info({ detail: error.message }, 'the caller left before the answer')
    else if (problem.status >= 500) request.log.error(error, problem.title)
    else request.log.info({ code: problem.code, detail: problem.detail }, 'refused')
    return reply.code(problem.status).type('application/problem+json').send(problem)
  })
})
