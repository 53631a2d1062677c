import { type IoTDataPlaneClient, ListSubscriptionsCommand } from '@aws-sdk/client-iot-data-plane'
import type { ClientSubscriptions } from '@thingdeck/contract'
import { httpStatusOf, isNamed } from '../../aws/error-name.ts'
import { collected, pagesOf } from '../../aws/pages.ts'

/** That they cannot be known is an answer; other errors are AWS's own. */
export async function clientSubscriptions(data: IoTDataPlaneClient, clientId: string): Promise<ClientSubscriptions> {
  try {
    const pages = pagesOf((nextToken) =>
      data.send(new ListSubscriptionsCommand({ clientId, ...(nextToken && { nextToken }) })),
    )
    const topicFilters = await collected(pages, ({ subscriptions = [] }) =>
      subscriptions.flatMap(({ topicFilter }) => topicFilter ?? []),
    )
    return { topicFilters }
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException'))
      return { topicFilters: [], whyNot: 'The client has no session now.' }
    if (!(error instanceof Error)) throw error
    // 403 has no name of its own in the data plane (ForbiddenException, AccessDeniedException, UnauthorizedException).
    if (httpStatusOf(error) !== 403 && httpStatusOf(error) !== 501) throw error
    return { topicFilters: [], whyNot: `The console may not ask: ${error.message}` }
  }
}
