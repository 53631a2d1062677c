import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { type CommandExecutionSummary, endpoints } from '@thingdeck/contract'
import { api } from '../api.ts'
import { eachPage } from '../each-page.ts'
import { isWaiting } from './execution-words.ts'

/** Prefix of every key about executions of commands: one call refreshes them all. */
export const COMMAND_EXECUTIONS = ['commands', 'executions'] as const

export const executionsChanged = (client: QueryClient): Promise<void> =>
  client.invalidateQueries({ queryKey: COMMAND_EXECUTIONS })

/** Lists, as long as a device has time, where no event tells of it: AWS takes 10 a second of an account. */
export const LIST_POLL_MS = 5_000
const PAGE_SIZE = 100
/** The console's server and AWS tell the time themselves. */
const CLOCKS_APART_MS = 2_000
/** So many pages are read; what was sent before that is not told. */
const MOST_PAGES = 10

/** What became of a command since a moment, by the ids of the executions: of the latest thousand. */
export const executionsSinceQuery = (commandId: string, since: string) =>
  queryOptions({
    queryKey: [...COMMAND_EXECUTIONS, 'since', commandId, since],
    async queryFn({ signal }) {
      const found = new Map<string, CommandExecutionSummary>()
      const ask = (nextToken: string | undefined) =>
        api(endpoints.listCommandExecutions, {
          query: { commandId, startedAfter: since, maxResults: PAGE_SIZE, nextToken },
          signal,
        })
      for await (const { executions } of eachPage(ask, MOST_PAGES)) {
        for (const execution of executions) {
          // AWS filters by whole minutes.
          const isBefore = Date.parse(execution.createdAt ?? since) < Date.parse(since) - CLOCKS_APART_MS
          if (!isBefore) found.set(execution.executionId, execution)
        }
      }
      return found
    },
    refetchInterval: ({ state }) => (state.data && [...state.data.values()].some(isWaiting) ? LIST_POLL_MS : false),
    staleTime: 2_000, // ms
  })
