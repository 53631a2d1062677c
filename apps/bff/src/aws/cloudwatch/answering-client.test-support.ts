import { CloudWatchClient } from '@aws-sdk/client-cloudwatch'

/** The real client, whose requests end here instead of at AWS, and what they asked for. */
export function answeringClient<Input extends object, Output extends object>(
  answer: (input: Input) => Output | Promise<Output>,
) {
  const asked: Input[] = []
  const client = new CloudWatchClient({ region: 'us-east-1' })
  client.middlewareStack.add(
    () =>
      async ({ input }) => {
        const given = input as Input // a test says what is asked of it, and asks nothing else
        asked.push(given)
        return { output: { $metadata: {}, ...(await answer(given)) }, response: {} }
      },
    { step: 'initialize', priority: 'high' },
  )
  return { client, asked }
}
