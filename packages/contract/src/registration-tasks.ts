import { type Static, Type } from 'typebox'
import { begun, defineEndpoints, EMPTY, json } from './endpoint.ts'
import { oneOf } from './one-of.ts'
import { NextToken } from './things.ts'

/** Of an input file that the console puts into S3. */
const MOST_FILE_BYTES = 16 * 1024 * 1024

/** AWS IoT API reference, `TaskStatus`. */
const REGISTRATION_TASK_STATUSES = ['InProgress', 'Completed', 'Failed', 'Cancelling', 'Cancelled'] as const
export const RegistrationTaskStatus = oneOf(REGISTRATION_TASK_STATUSES)
export type RegistrationTaskStatus = (typeof REGISTRATION_TASK_STATUSES)[number]

/** AWS IoT API reference, StartThingRegistrationTask. */
export const RegistrationTaskRequest = Type.Object({
  templateBody: Type.String({ minLength: 1, maxLength: 10_240 }),
  inputFileBucket: Type.String({ minLength: 3, maxLength: 256, pattern: '^[a-zA-Z0-9._-]+$' }),
  inputFileKey: Type.String({ minLength: 1, maxLength: 1_024, pattern: "^[a-zA-Z0-9!_.*'()/-]+$" }),
  roleArn: Type.String({ minLength: 20, maxLength: 2_048, pattern: '^arn:[\\w-]+:iam::\\d{12}:role/' }),
})
export type RegistrationTaskRequest = Static<typeof RegistrationTaskRequest>

/** A task of AWS's that registers the things of a file, as far as AWS tells. */
export const RegistrationTask = Type.Object({
  taskId: Type.String(),
  status: RegistrationTaskStatus,
  message: Type.Optional(Type.String({ description: 'Why it failed' })),
  createdAt: Type.Optional(Type.String({ format: 'date-time' })),
  modifiedAt: Type.Optional(Type.String({ format: 'date-time' })),
  templateBody: Type.String(),
  inputFileBucket: Type.String(),
  inputFileKey: Type.String(),
  roleArn: Type.String(),
  successCount: Type.Integer(),
  failureCount: Type.Integer(),
  percentageProgress: Type.Integer(),
})
export type RegistrationTask = Static<typeof RegistrationTask>

export const RegistrationTaskPage = Type.Object({
  tasks: Type.Array(RegistrationTask),
  nextToken: Type.Optional(Type.String()),
})
export type RegistrationTaskPage = Static<typeof RegistrationTaskPage>

export const REGISTRATION_REPORT_TYPES = ['ERRORS', 'RESULTS'] as const
export const RegistrationReportType = oneOf(REGISTRATION_REPORT_TYPES)
export type RegistrationReportType = (typeof REGISTRATION_REPORT_TYPES)[number]

/** The lines of a report as AWS wrote them: what is in one is AWS's, and documented nowhere. */
export const RegistrationReport = Type.Object({
  lines: Type.Array(Type.String()),
  isCut: Type.Boolean({ description: 'There are more lines than are shown' }),
  links: Type.Array(Type.String({ description: 'To the whole files, for a while' })),
})
export type RegistrationReport = Static<typeof RegistrationReport>

const params = Type.Object({ taskId: Type.String({ minLength: 1, maxLength: 40, pattern: '^[a-zA-Z0-9-]+$' }) })

export const registrationTaskEndpoints = defineEndpoints({
  listRegistrationTasks: {
    method: 'GET',
    path: '/api/registration-tasks',
    summary: 'A page of registration tasks; AWS keeps them for 30 days',
    access: 'viewer',
    query: Type.Object({
      status: Type.Optional(RegistrationTaskStatus),
      maxResults: Type.Optional(Type.Integer({ minimum: 1, maximum: 25 })),
      nextToken: Type.Optional(NextToken),
    }),
    answer: json(RegistrationTaskPage),
  },
  startRegistrationTask: {
    method: 'POST',
    path: '/api/registration-tasks',
    summary: 'Has AWS register the things of a file in S3',
    access: 'admin',
    audit: 'StartThingRegistrationTask',
    body: RegistrationTaskRequest,
    answer: begun(Type.Object({ taskId: Type.String() })),
  },
  putRegistrationFile: {
    method: 'PUT',
    path: '/api/registration-files',
    summary: 'Puts an input file into S3: a line of parameters for each thing',
    access: 'admin',
    audit: 'PutRegistrationFile',
    mostBodyBytes: MOST_FILE_BYTES,
    body: Type.Object({
      bucket: RegistrationTaskRequest.properties.inputFileBucket,
      key: RegistrationTaskRequest.properties.inputFileKey,
      lines: Type.Array(
        Type.Record(Type.String({ maxLength: 2_048 }), Type.String({ maxLength: 4_096 }), { maxProperties: 100 }),
        { minItems: 1, maxItems: 10_000 },
      ),
    }),
    answer: EMPTY,
  },
  describeRegistrationTask: {
    method: 'GET',
    path: '/api/registration-tasks/:taskId',
    summary: 'How far a registration task is',
    access: 'viewer',
    params,
    answer: json(RegistrationTask),
  },
  readRegistrationReport: {
    method: 'GET',
    path: '/api/registration-tasks/:taskId/report',
    summary: 'What became of the lines of a registration task that has ended',
    access: 'admin', // results have certificates, errors what was in the file
    params,
    query: Type.Object({ reportType: RegistrationReportType }),
    answer: json(RegistrationReport),
  },
  stopRegistrationTask: {
    method: 'POST',
    path: '/api/registration-tasks/:taskId/stop',
    summary: 'Registers nothing more; what was registered stays',
    access: 'admin',
    audit: 'StopThingRegistrationTask',
    params,
    answer: EMPTY,
  },
})
