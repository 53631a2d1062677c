import { type ProvisioningTemplate, parseTemplate, TemplateError, type TemplateUse } from '@thingdeck/provisioning'
import { invalidRequest } from '../../foundation/errors.ts'

/** Reads a template as a caller gave it. @throws {AwsError} InvalidRequestException, with what is wrong and where */
export function readTemplateBody(templateBody: string, use: TemplateUse): ProvisioningTemplate {
  try {
    return parseTemplate(templateBody, use)
  } catch (error) {
    if (error instanceof TemplateError) {
      const at = `line ${error.line}, column ${error.column}`
      throw invalidRequest(`Invalid registration template. ${error.message} (${at})`)
    }
    throw error
  }
}
