import type { ControlPlaneNeed, ControlPlaneNeeds } from '../../foundation/control-plane-needs.ts'

const needOfRole = (roleArn: string | undefined): ControlPlaneNeed => ({
  resources: [],
  ...(roleArn !== undefined && { passedRoles: [roleArn] }),
})

/**
 * Who says by which role AWS IoT logs hands that role on.
 * @see AWS IoT developer guide, "Pass role permissions"
 */
export const loggingNeeds = {
  SetV2LoggingOptions: ({ roleArn }) => needOfRole(roleArn),
  SetLoggingOptions: ({ loggingOptionsPayload: { roleArn } }) => needOfRole(roleArn),
} satisfies ControlPlaneNeeds
