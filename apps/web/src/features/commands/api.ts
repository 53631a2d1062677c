import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import { type CommandLook, type CommandSummary, type CommandTarget, endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { serverNow } from '../../shared/clock/server-clock.ts'
import { COMMAND_EXECUTIONS, LIST_POLL_MS } from '../../shared/command-executions/execution-queries.ts'
import { isOver, isWaiting } from '../../shared/command-executions/execution-words.ts'
import { eachPage } from '../../shared/each-page.ts'
import type { LookSource } from '../../shared/list/use-looks.ts'
import { SPAN_MS } from '../../shared/time-range.ts'
import type { CommandsFilter, ExecutionsFilter } from './search.ts'

/** Prefix of every key of this feature; executions have theirs below it. */
const COMMANDS = ['commands'] as const

/** While a device has time to answer, where no event tells of it. AWS takes 20 GetCommandExecution a second of an account. */
export const POLL_MS = 2_000
/** A result that comes after the time-out, an event tells of as well. */
const LATE_POLL_MS = 15_000

/** Commands are not what they were: what is shown of them is read anew. */
export const commandsChanged = (client: QueryClient): Promise<void> => client.invalidateQueries({ queryKey: COMMANDS })

export const commandPagesQuery = ({ name, state, parameter }: CommandsFilter, maxResults: number) =>
  infiniteQueryOptions({
    queryKey: [...COMMANDS, 'pages', name ?? '', state ?? '', parameter ?? '', maxResults],
    queryFn: ({ signal, pageParam: nextToken }) =>
      api(endpoints.listCommands, {
        query: {
          name,
          deprecated: state === undefined ? undefined : state === 'deprecated',
          commandParameterName: parameter,
          maxResults,
          nextToken,
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    staleTime: 10_000, // ms
  })

/** What a list says of its commands; AWS is asked for each, so not more than are seen. */
export const COMMAND_LOOKS: LookSource<CommandLook> = {
  key: [...COMMANDS, 'looks'],
  ask: async (commandId, signal) => (await api(endpoints.listCommandLooks, { query: { commandId }, signal })).commands,
  nameOf: ({ commandId }) => commandId,
}

/** An account has 2,000 commands at most (AWS IoT Device Management quotas): as many pages are read to choose from. */
const MOST_PAGES = 20

/** All commands, to choose from. */
export const allCommandsQuery = queryOptions({
  queryKey: [...COMMANDS, 'all'],
  async queryFn({ signal }) {
    const all: CommandSummary[] = []
    const ask = (nextToken: string | undefined) =>
      api(endpoints.listCommands, { query: { maxResults: 100, nextToken }, signal })
    for await (const { commands } of eachPage(ask, MOST_PAGES)) all.push(...commands)
    return all
  },
  staleTime: 10_000, // ms
})

export const commandQuery = (commandId: string) =>
  queryOptions({
    queryKey: [...COMMANDS, 'command', commandId],
    queryFn: ({ signal }) => api(endpoints.getCommand, { params: { commandId }, signal }),
    staleTime: 10_000, // ms
  })

/** Asked for again as long as one of them may still be answered. */
export const executionPagesQuery = (filter: ExecutionsFilter, maxResults: number) =>
  infiniteQueryOptions({
    queryKey: [...COMMAND_EXECUTIONS, 'pages', filter, maxResults],
    queryFn: ({ signal, pageParam: nextToken }) => {
      const { command, thing, client, status, last, from, to } = filter
      return api(endpoints.listCommandExecutions, {
        query: {
          commandId: command,
          thingName: thing,
          clientId: client,
          status,
          startedAfter: last === undefined ? from : new Date(serverNow() - SPAN_MS[last]).toISOString(),
          startedBefore: last === undefined ? to : undefined,
          maxResults,
          nextToken,
        },
        signal,
      })
    },
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ executions }) => executions.some(isWaiting)) ? LIST_POLL_MS : false,
    staleTime: 2_000, // ms
  })

export const executionQuery = (executionId: string, target: CommandTarget) =>
  queryOptions({
    queryKey: [...COMMAND_EXECUTIONS, 'execution', executionId, target],
    queryFn: ({ signal }) => api(endpoints.getCommandExecution, { params: { executionId }, query: target, signal }),
    refetchInterval: ({ state: { data } }) => {
      if (!data) return false
      return isWaiting(data) ? POLL_MS : isOver(data) ? false : LATE_POLL_MS
    },
    staleTime: 1_000, // ms
  })

/** What is known of the connection of a thing's device. */
export const connectionQuery = (thingName: string) =>
  queryOptions({
    queryKey: [...COMMANDS, 'connection', thingName],
    queryFn: ({ signal }) => api(endpoints.getThingConnection, { params: { thingName }, signal }),
    refetchInterval: 5_000, // ms: whoever reads what is sent would else be told how it was
  })

export const thingTypeQuery = (thingName: string) =>
  queryOptions({
    queryKey: [...COMMANDS, 'thing', thingName],
    queryFn: async ({ signal }) =>
      (await api(endpoints.describeThing, { params: { thingName }, signal })).thingTypeName ?? null,
    staleTime: 10_000, // ms
  })

const BUTTONS = [...COMMANDS, 'buttons'] as const

export const buttonsQuery = queryOptions({
  queryKey: BUTTONS,
  queryFn: async ({ signal }) => (await api(endpoints.listCommandButtons, { signal })).buttons,
  staleTime: 10_000, // ms
})

export const buttonsChanged = (client: QueryClient): Promise<void> => client.invalidateQueries({ queryKey: BUTTONS })
