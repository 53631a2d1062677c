import { useRouter } from '@tanstack/react-router'
import { ThingName } from '@thingdeck/contract'
import { api } from '../../api.ts'
import { TextField } from '../../form/fields.tsx'
import { Form } from '../../form/form.tsx'
import { limitsOf } from '../../form/text-limits.ts'
import { useForm } from '../../form/use-form.ts'
import { useWhyNot } from '../../session/session.tsx'
import { thingTypeEndpoints } from './endpoints.ts'
import { thingTypePaths } from './thing-type-paths.ts'

export function CreateThingTypePage() {
  const { history } = useRouter()
  const form = useForm({
    initial: { thingTypeName: '', description: '' },
    limits: { thingTypeName: limitsOf(ThingName, 'letters, digits and : _ -'), description: { maxLength: 2028 } },
    fieldsOfCodes: { ResourceAlreadyExistsException: 'thingTypeName' },
    submit: (values) => api(thingTypeEndpoints.createThingType, { body: values }),
    onDone: (_, { thingTypeName }) => history.push(thingTypePaths.thingType(thingTypeName)),
  })
  return (
    <Form
      form={form}
      action="Create thing type"
      failure="The thing type could not be created"
      unsaved="the new thing type"
      cancelHref={thingTypePaths.list()}
      whyNot={useWhyNot('admin')}
    >
      <TextField field={form.field('thingTypeName')} label="Name" />
      <TextField field={form.field('description')} label="Description" rows={3} />
    </Form>
  )
}
