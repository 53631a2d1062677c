import {
  CreateCommandCommand,
  DeleteCommandCommand,
  GetCommandCommand,
  type GetCommandResponse,
  type IoTClient,
  ListCommandsCommand,
  type CommandParameter as ParameterOfAws,
  type CommandSummary as SummaryOfAws,
  UpdateCommandCommand,
} from '@aws-sdk/client-iot'
import type {
  BodyOf,
  Command,
  CommandPage,
  CommandParameter,
  CommandSummary,
  CommandValueCondition,
  endpoints,
  NewCommand,
  QueryOf,
} from '@thingdeck/contract'
import { isoTime, present } from '../../aws/present.ts'
import { siftedPage } from '../../aws/sifted-pages.ts'
import { base64Of, fromAws, toAws } from '../../aws/start-command.ts'
import { readTags, tagList } from '../../aws/tags.ts'

/** Commands as AWS IoT has them. Errors are AWS's own. */
export interface Commands {
  list(query: QueryOf<typeof endpoints.listCommands>): Promise<CommandPage>
  describe(commandId: string): Promise<Command>
  create(command: NewCommand): Promise<{ commandId: string; commandArn: string }>
  update(commandId: string, change: BodyOf<typeof endpoints.updateCommand>): Promise<void>
  /** @returns whether it is gone; else it is pending deletion */
  delete(commandId: string): Promise<boolean>
}

/** What people make is of the namespace of AWS IoT; those of AWS IoT FleetWise are for vehicles. */
const NAMESPACE = 'AWS-IoT'
/** AWS IoT API reference, ListCommands. */
const MOST_AT_ONCE = 100

export function createCommands(iot: IoTClient): Commands {
  return {
    async list({ name, deprecated, maxResults = MOST_AT_ONCE, nextToken: first, ...query }) {
      const { items, nextToken } = await siftedPage<CommandSummary>(
        {
          nextToken: first,
          maxResults,
          name,
          nameOf: ({ commandId, displayName = '' }) => `${commandId}\n${displayName}`,
          ...(deprecated !== undefined && {
            sift: async (all) => all.filter((command) => command.deprecated === deprecated),
          }),
        },
        async ({ size, token }) => {
          const answer = await iot.send(
            new ListCommandsCommand({
              ...query,
              namespace: NAMESPACE,
              maxResults: Math.min(size, MOST_AT_ONCE),
              nextToken: token,
            }),
          )
          return { items: (answer.commands ?? []).map(summaryOf), nextToken: answer.nextToken }
        },
      )
      return { commands: items, ...(nextToken && { nextToken }) }
    },

    async describe(commandId) {
      const command = await iot.send(new GetCommandCommand({ commandId }))
      return {
        ...summaryOf(command),
        ...contentOf(command),
        parameters: (command.mandatoryParameters ?? []).map(parameterOf),
        ...present({
          namespace: command.namespace,
          description: command.description,
          roleArn: command.roleArn,
          tags: command.commandArn === undefined ? undefined : await readTags(iot, command.commandArn),
        }),
      }
    },

    async create({ payload, outputFormat, parameters = [], tags = {}, ...rest }) {
      const { commandId = rest.commandId, commandArn = '' } = await iot.send(
        new CreateCommandCommand({
          ...rest,
          namespace: NAMESPACE,
          ...(payload && { payload: { ...payload, content: Buffer.from(payload.content, 'base64') } }),
          ...(outputFormat && { preprocessor: { awsJsonSubstitution: { outputFormat } } }),
          ...(parameters.length > 0 && { mandatoryParameters: parameters.map(parameterForAws) }),
          ...(Object.keys(tags).length > 0 && { tags: tagList(tags) }),
        }),
      )
      return { commandId, commandArn }
    },

    async update(commandId, change) {
      await iot.send(new UpdateCommandCommand({ commandId, ...change }))
    },

    async delete(commandId) {
      const { statusCode } = await iot.send(new DeleteCommandCommand({ commandId }))
      return statusCode === 204
    },
  }
}

const summaryOf = (command: SummaryOfAws): CommandSummary => ({
  commandId: command.commandId ?? '',
  commandArn: command.commandArn ?? '',
  deprecated: command.deprecated ?? false,
  pendingDeletion: command.pendingDeletion ?? false,
  ...present({
    displayName: command.displayName,
    createdAt: isoTime(command.createdAt),
    lastUpdatedAt: isoTime(command.lastUpdatedAt),
  }),
})

/** What it sends. */
export const contentOf = ({ payload, payloadTemplate, preprocessor }: GetCommandResponse) =>
  present({
    payload: payload && {
      content: base64Of(payload.content) ?? '',
      ...present({ contentType: payload.contentType }),
    },
    payloadTemplate,
    outputFormat: preprocessor?.awsJsonSubstitution?.outputFormat,
  })

export const parameterOf = ({
  name = '',
  value,
  defaultValue,
  valueConditions,
  ...rest
}: ParameterOfAws): CommandParameter => ({
  name,
  ...present({
    ...rest,
    value: value && fromAws(value),
    defaultValue: defaultValue && fromAws(defaultValue),
    valueConditions: valueConditions?.flatMap(({ comparisonOperator, operand }): CommandValueCondition[] => {
      if (!comparisonOperator || !operand) return []
      const { numberRange, ...compared } = operand
      const { min = '', max = '' } = numberRange ?? {}
      return [{ comparisonOperator, operand: present({ ...compared, numberRange: numberRange && { min, max } }) }]
    }),
  }),
})

const parameterForAws = ({ value, defaultValue, ...rest }: CommandParameter): ParameterOfAws => ({
  ...rest,
  ...(value && { value: toAws(value) }),
  ...(defaultValue && { defaultValue: toAws(defaultValue) }),
})
