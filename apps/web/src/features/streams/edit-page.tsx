import Alert from '@cloudscape-design/components/alert'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { endpoints, type Stream } from '@thingdeck/contract'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { DetailsPage } from '../../shared/details/details-page.tsx'
import { useFlash } from '../../shared/flash/flash.tsx'
import { Form } from '../../shared/form/form.tsx'
import { keptOnce } from '../../shared/form/kept-once.ts'
import { useForm } from '../../shared/form/use-form.ts'
import { paths } from '../../shared/paths.ts'
import { useWhyNot } from '../../shared/session/session.tsx'
import { visibleText } from '../../shared/text/visible-text.ts'
import { streamQuery, streamsChanged } from './api.ts'
import { contentOf, LIMITS, RULES, StreamFields, type StreamValues, valuesOf } from './stream-form.tsx'

/** The next version of a stream. */
export function EditStreamPage({ streamId }: { readonly streamId: string }) {
  return (
    <DetailsPage
      title={`New version of ${streamId}`}
      breadcrumbs={[
        { text: 'Streams', href: paths.streams() },
        { text: streamId, href: paths.stream(streamId) },
        { text: 'New version', href: paths.editStream(streamId) },
      ]}
      what="stream"
      query={useQuery(streamQuery(streamId))}
      notFound={`There is no stream named ${streamId}`}
      content={(stream) => <EditForm stream={stream} />}
    />
  )
}

function EditForm({ stream }: { readonly stream: Stream }) {
  const [opened] = useState(stream)
  const { streamId, streamVersion } = opened
  const { history } = useRouter()
  const { flash } = useFlash()
  const client = useQueryClient()
  const form = useForm<StreamValues, Stream>({
    initial: valuesOf(opened),
    limits: LIMITS,
    rules: {
      ...RULES,
      description: keptOnce(opened.description),
    },
    fieldsOfCodes: { ResourceNotFoundException: 'files' },
    submit: (values) => api(endpoints.updateStream, { params: { streamId }, body: contentOf(values) }),
    onDone: ({ streamVersion: made }) => {
      void streamsChanged(client)
      flash({
        id: `stream ${streamId}`,
        type: 'success',
        header: `The stream ${visibleText(streamId)} is at version ${made}`,
      })
      history.push(paths.stream(streamId))
    },
  })
  return (
    <Form
      form={form}
      action={`Make version ${streamVersion + 1}`}
      failure="The version could not be made"
      unsaved="the new version of the stream"
      cancelHref={paths.stream(streamId)}
      whyNot={useWhyNot('operator')}
    >
      <Alert type="info">
        It replaces version {streamVersion}: a device that asks for blocks of that version by its number is rejected
        with VersionMismatch, one that asks without a number gets blocks of the new files. AWS keeps no older versions.
      </Alert>
      <StreamFields form={form} isNew={false} />
    </Form>
  )
}
