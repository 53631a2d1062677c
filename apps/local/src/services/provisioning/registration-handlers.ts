import type { ControlPlaneNeeds } from '../../foundation/control-plane-needs.ts'
import type { IotHandlers } from '../../foundation/iot-handlers.ts'
import type { ServiceContext } from '../../foundation/service.ts'
import { type RegistrationTasks, registerThing } from './registration-tasks.ts'

/** RegisterThing of the control plane, and registration tasks. */
export function registrationHandlers(context: ServiceContext, tasks: RegistrationTasks) {
  return {
    RegisterThing: (input) => registerThing(context, input),
    StartThingRegistrationTask: (input) => ({ taskId: tasks.start(input) }),
    StopThingRegistrationTask: ({ taskId }) => {
      tasks.stop(taskId)
      return {}
    },
    DescribeThingRegistrationTask: ({ taskId }) => {
      const task = tasks.require(taskId)
      const { status, lines } = task
      const tried = task.successCount + task.failureCount
      return {
        taskId,
        creationDate: new Date(task.createdAtMs),
        lastModifiedDate: new Date(task.modifiedAtMs),
        templateBody: task.templateBody,
        inputFileBucket: task.inputFileBucket,
        inputFileKey: task.inputFileKey,
        roleArn: task.roleArn,
        status,
        message: task.message ?? undefined,
        successCount: task.successCount,
        failureCount: task.failureCount,
        percentageProgress: lines ? Math.floor((tried / lines) * 100) : status === 'Completed' ? 100 : 0,
      }
    },
    ListThingRegistrationTasks: (input) => {
      const { items, nextToken } = tasks.list(input)
      return { taskIds: items.map(({ taskId }) => taskId), nextToken }
    },
    ListThingRegistrationTaskReports: (input) => {
      const { items, nextToken } = tasks.reports(input)
      return { resourceLinks: items, reportType: input.reportType, nextToken }
    },
  } satisfies IotHandlers
}

/**
 * None of them can be limited to some resources.
 * @see Service Authorization Reference, "Actions defined by AWS IoT"
 */
export const REGISTRATION_NEEDS: ControlPlaneNeeds = {
  RegisterThing: () => ({ resources: [] }),
  StartThingRegistrationTask: ({ roleArn }) => ({ resources: [], passedRoles: [roleArn] }),
  StopThingRegistrationTask: () => ({ resources: [] }),
  DescribeThingRegistrationTask: () => ({ resources: [] }),
  ListThingRegistrationTasks: () => ({ resources: [] }),
  ListThingRegistrationTaskReports: () => ({ resources: [] }),
}
