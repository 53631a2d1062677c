import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { endpoints, type Stream } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import { Form } from '../../shared/form/form.tsx'
import { recordOf } from '../../shared/form/pairs-field.tsx'
import { useForm } from '../../shared/form/use-form.ts'
import { PageHeader } from '../../shared/help/page-header.tsx'
import { paths } from '../../shared/paths.ts'
import { useWhyNot } from '../../shared/session/session.tsx'
import { streamsChanged } from './api.ts'
import { contentOf, LIMITS, NEW_STREAM, RULES, StreamFields, type StreamValues } from './stream-form.tsx'

export function CreateStreamPage() {
  const { history } = useRouter()
  const client = useQueryClient()
  usePageChrome({
    title: 'Create stream',
    breadcrumbs: [
      { text: 'Streams', href: paths.streams() },
      { text: 'Create stream', href: paths.createStream() },
    ],
  })
  const form = useForm<StreamValues, Stream>({
    initial: NEW_STREAM,
    limits: LIMITS,
    rules: RULES,
    fieldsOfCodes: { ResourceAlreadyExistsException: 'streamId', ResourceNotFoundException: 'files' },
    submit: (values) =>
      api(endpoints.createStream, {
        body: {
          streamId: values.streamId,
          ...contentOf(values),
          ...(values.tags.length > 0 && { tags: recordOf(values.tags) }),
        },
      }),
    onDone: ({ streamId }) => {
      void streamsChanged(client)
      history.push(paths.stream(streamId))
    },
  })
  return (
    <SpaceBetween size="m">
      <PageHeader>Create stream</PageHeader>
      <Form
        form={form}
        action="Create stream"
        failure="The stream could not be created"
        unsaved="the new stream"
        cancelHref={paths.streams()}
        whyNot={useWhyNot('operator')}
      >
        <StreamFields form={form} isNew />
      </Form>
    </SpaceBetween>
  )
}
