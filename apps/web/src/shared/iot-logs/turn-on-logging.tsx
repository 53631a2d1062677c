import Box from '@cloudscape-design/components/box'
import { useQueryClient } from '@tanstack/react-query'
import { endpoints, type Logging, type LoggingLevel } from '@thingdeck/contract'
import { api } from '../api.ts'
import { useFlash } from '../flash/flash.tsx'
import { SelectField, TextField } from '../form/fields.tsx'
import { FormDialog } from '../form/form-dialog.tsx'
import { useForm } from '../form/use-form.ts'
import { useWhyNot } from '../session/session.tsx'
import { IOT_LOGS, LOGGING } from './iot-log-queries.ts'
import { LEVEL_OPTIONS } from './level-options.ts'
import { LogCosts } from './log-costs.tsx'
import { roleRule } from './role-rule.ts'

interface TurnOnLoggingProps {
  /** As it is set at present. */
  readonly logging: Logging | undefined
  readonly onClose: () => void
}

/** Asks for level and role, says what it costs, and has AWS IoT log. */
export function TurnOnLogging({ logging, onClose }: TurnOnLoggingProps) {
  const client = useQueryClient()
  const { flash } = useFlash()
  const isOn = logging?.status === 'on'
  const form = useForm({
    initial: { defaultLogLevel: logging?.defaultLogLevel ?? ('INFO' as LoggingLevel), roleArn: logging?.roleArn ?? '' },
    rules: { roleArn: roleRule },
    submit: (values) => api(endpoints.setLogging, { body: { ...values, disableAllLogs: false } }),
    onDone: ({ defaultLogLevel }) => {
      void client.invalidateQueries({ queryKey: LOGGING })
      void client.invalidateQueries({ queryKey: IOT_LOGS })
      flash({
        id: 'logging',
        type: 'success',
        header: `AWS IoT logs at ${defaultLogLevel ?? 'the level of each target'}`,
      })
      onClose()
    },
  })
  return (
    <FormDialog
      form={form}
      header={isOn ? 'Change level or role' : 'Turn on logging'}
      action={isOn ? 'Change logging' : 'Turn on logging'}
      failure={isOn ? 'Logging could not be changed' : 'Logging could not be turned on'}
      onClose={onClose}
      whyNot={useWhyNot('admin')}
    >
      <SelectField field={form.field('defaultLogLevel')} label="Level of the account" options={LEVEL_OPTIONS} />
      <TextField
        field={form.field('roleArn')}
        label="Role"
        description="AWS IoT writes by this IAM role."
        placeholder="arn:aws:iam::123456789012:role/iot-logging"
      />
      <Box color="text-body-secondary">
        The role has to trust <code>iot.amazonaws.com</code> and to allow <code>logs:CreateLogGroup</code>,{' '}
        <code>logs:CreateLogStream</code>, <code>logs:PutLogEvents</code>, <code>logs:PutMetricFilter</code> and{' '}
        <code>logs:PutRetentionPolicy</code> on <code>AWSIotLogsV2</code>. The log group is made with the first entry,
        and keeps 30 days.
      </Box>
      <LogCosts />
    </FormDialog>
  )
}
