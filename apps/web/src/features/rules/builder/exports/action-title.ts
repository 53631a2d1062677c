import { readAction } from '../../actions/actions.ts'

/** What an action is called: 'DynamoDBv2'. */
export const actionTitle = (action: object): string =>
  readAction(action)?.description.title ?? Object.keys(action).join(', ')
