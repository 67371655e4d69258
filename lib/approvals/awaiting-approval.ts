import { AppError } from '#lib/errors/app-error.ts'

/** Nothing was done but to ask another person for their approval: what was written of that has to be committed. */
export class AwaitingApproval extends AppError {}
