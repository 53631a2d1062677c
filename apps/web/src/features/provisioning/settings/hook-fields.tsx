import SpaceBetween from '@cloudscape-design/components/space-between'
import { CheckField, TextField } from '../../../shared/form/fields.tsx'
import type { Field } from '../../../shared/form/use-form.ts'
import { usePolicyHome } from '../../../shared/policy-editor/use-policy-home.ts'
import { HookReport } from './hook-report.tsx'

interface HookFieldsProps {
  readonly hasHook: Field<boolean>
  readonly functionArn: Field<string>
  readonly templateName: string
}

/** Whether a function is asked first, which one, and whether AWS IoT may call it. */
export function HookFields({ hasHook, functionArn, templateName }: HookFieldsProps) {
  const home = usePolicyHome()
  return (
    <>
      <CheckField
        field={hasHook}
        description="AWS IoT asks it for each device, before anything is made: it may refuse, and change parameters. Without one, whoever has a claim certificate is let in."
      >
        Ask a function of Lambda first (pre-provisioning hook)
      </CheckField>
      {hasHook.value && (
        <SpaceBetween size="xs">
          <TextField
            field={functionArn}
            label="Function"
            placeholder={`arn:aws:lambda:${home.region}:${home.accountId}:function:let-in`}
          />
          <HookReport functionArn={functionArn.value} templateName={templateName} />
        </SpaceBetween>
      )}
    </>
  )
}
