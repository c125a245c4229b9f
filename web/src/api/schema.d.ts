// Made by scripts/schema.mjs. Do not edit.
import type { Day } from "../time/day.ts";
export interface paths {
    "/registers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The registers that you may read, with their numbers of records */
        get: operations["listRegisters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registers/{register}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A register's definition: its fields, with types, labels, choices and bounds */
        get: operations["getRegister"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in: sets the session's cookie, or asks for the code */
        post: operations["signIn"];
        /** Sign out */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The second step: a code of the app, or a recovery code */
        post: operations["signInCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/links/look": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a one-time link is for */
        post: operations["lookAtLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/links/redeem": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Use a one-time link: sets the password and signs in; of setup links, makes the first user */
        post: operations["redeemLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/password-opinion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whether a password is good enough, and why not */
        post: operations["judgePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/password-resets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A forgotten password: a one-time link goes to the mail address, when it is a user's. The answer is the same for every address */
        post: operations["forgetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who you are and what you may */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change the password; ends your other sessions */
        put: operations["changePassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where you are signed in */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        /** Sign out everywhere else */
        delete: operations["endOtherSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one session */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your API tokens */
        get: operations["listTokens"];
        put?: never;
        /** Make an API token; it is shown once */
        post: operations["makeToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a token */
        delete: operations["endToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin to enrol an authenticator app */
        post: operations["offerTotp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/totp/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Enrol it by its first code; gives recovery codes */
        post: operations["confirmTotp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/totp/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Remove it, by a code */
        post: operations["removeTotp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ten new codes; the old ones end */
        post: operations["newRecoveryCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everybody's API tokens */
        get: operations["listAllTokens"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke anybody's token */
        delete: operations["endAnyToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Users and their state */
        get: operations["listUsers"];
        put?: never;
        /** Make a user and a link for the first password */
        post: operations["inviteUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change roles, period or state; disabling ends sessions and tokens */
        patch: operations["changeUser"];
        trace?: never;
    };
    "/users/{id}/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A one-time link: invitation, or reset of a forgotten password */
        post: operations["makeUserLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Sign a user out everywhere */
        delete: operations["endUserSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a lost second factor away */
        delete: operations["resetSecondFactor"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/access-record": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who read personal data, the newest first */
        get: operations["listAccesses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/access-record/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Compares the lines with the ledger's seals */
        get: operations["verifyAccesses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registers/{register}/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A page of current records */
        get: operations["listRecords"];
        /** Adds the record, or changes the one with its natural key */
        put: operations["putRecord"];
        /** Adds a record; 409 when its natural key is taken */
        post: operations["createRecord"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registers/{register}/records/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A current record, by number or natural key */
        get: operations["getRecord"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes the fields that are sent; with If-Match only the version that you read */
        patch: operations["changeRecord"];
        trace?: never;
    };
    "/registers/{register}/records/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every version, with who made it when */
        get: operations["getRecordHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registers/{register}/records/{id}/retire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes the record out of the register; its history stays */
        post: operations["retireRecord"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registers/{register}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sets the same fields of many records, all or nothing; 422 with the records that refuse */
        post: operations["changeRecords"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registers/{register}/retirements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes many records out of the register, all or nothing; their histories stay */
        post: operations["retireRecords"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registers/{register}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes back what entries of the ledger did to this register, by new entries: changed records get their values back, added ones are retired, retired ones return. 422 when one of them was changed since */
        post: operations["undoEntries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registers/{register}/import/columns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What columns a file has, which fields they name, and its first rows */
        post: operations["lookIntoFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registers/{register}/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts every row of a file, all or nothing; 422 with the rows that cannot be taken */
        post: operations["importRegister"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registers/{register}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The whole register, or a list of it, as a file that import takes back */
        get: operations["exportRegister"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/attachments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keeps a file; its sha256 is what a field of type file takes */
        post: operations["uploadAttachment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registers/{register}/records/{id}/files/{field}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The file of a record's field */
        get: operations["downloadAttachment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Size, root, the newest checkpoint and who witnessed it */
        get: operations["getLedger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ledger/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The latest entries, newest first: who changed what */
        get: operations["listEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registers/{register}/records/{id}/receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Proof that a version is in the ledger (C2SP tlog-proof), and the version with the fields that you may see opened */
        get: operations["getReceipt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Server-sent events: `change` {index, registers} after every change, `progress` {job, done, total} of long work */
        get: operations["listen"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Requests, the open ones first, by the day until they are to be decided */
        get: operations["listRequests"];
        put?: never;
        /** Asks; 422 for what could not be carried out */
        post: operations["createRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is asked, before and after, its hash, what was said, what you may do */
        get: operations["getRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes the fields that are sent and asks again; an approval given so far is void */
        patch: operations["changeRequest"];
        trace?: never;
    };
    "/request-kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What you may ask for, with the fields to fill */
        get: operations["listRequestKinds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approves what has this hash and carries it out; 409 when the content is another now */
        post: operations["approveRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Refuses for good */
        post: operations["rejectRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests/{id}/return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives it back to be changed */
        post: operations["returnRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes one's own request back */
        post: operations["withdrawRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests/{id}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says something about it */
        post: operations["commentRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["getOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reference": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document for people */
        get: operations["getReference"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sheets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The sheets that there are, with how many items have which mark today */
        get: operations["listSheets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sheets/{sheet}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every item's verdict beside what is claimed, with the next day on which it changes */
        get: operations["getSheet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sheets/{sheet}/items/{item}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An item's checks with their rows, worst first: whose, until when, why, and where each is mended */
        get: operations["getItem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sheets/{sheet}/items/{item}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How an item's verdict came and went: judged on each day from what was known then */
        get: operations["getItemHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sheets/{sheet}/forecast/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What stops holding when if nobody acts; also as a calendar (Accept: text/calendar) (as a file) */
        get: operations["exportSheetForecast"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sheets/{sheet}/diff/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What changed between two moments: verdicts, the rows behind them, and the entries that did it (as a file) */
        get: operations["exportSheetDiff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sheets/{sheet}/window/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** On how many days of a period each item was provably ○, and when not (as a file) */
        get: operations["exportSheetWindow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sheets/{sheet}/series": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many items have which mark, on each day on which some number changes; days ahead are what comes if nobody acts */
        get: operations["getSheetSeries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sheets/{sheet}/window": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** On how many days of a period each item was provably ○, and when not */
        get: operations["getSheetWindow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sheets/{sheet}/forecast": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What stops holding when if nobody acts; also as a calendar (Accept: text/calendar) */
        get: operations["getSheetForecast"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sheets/{sheet}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What changed between two moments: verdicts, the rows behind them, and the entries that did it */
        get: operations["getSheetDiff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sheets/{sheet}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The sheet as a file */
        get: operations["exportSheet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sheets/{sheet}/pack": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An audit pack: log, proofs, evidence and the sheet at both ends of a period, as a zip archive that is verified offline */
        get: operations["makePack"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What has to be done and by when; one's own, and with the right to see names everybody's */
        get: operations["listTasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is checked, and which items each check counts for */
        get: operations["listChecks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/checks/{check}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A check with its rows, worst first */
        get: operations["getCheck"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sheets/{sheet}/claims/lint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sentences of remarks that no check makes true, parts of questions that none answers, texts used twice */
        get: operations["lintClaims"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sheets/{sheet}/claims/{item}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the organisation says of an item */
        get: operations["getClaim"];
        /** Changes what is said of an item; with If-Match only the version that you read */
        put: operations["putClaim"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Erasures so far */
        get: operations["listErasures"];
        put?: never;
        /** Erases a person for good: needs the hash of the plan that was looked at, and the code twice */
        post: operations["erasePerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/erasures/plan/{person}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What erasing a person (code or #number) would take, what stays and why; erases nothing */
        get: operations["planErasure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the daily backups are going, the last 30 that were recorded, the last restore drill */
        get: operations["getBackups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description RFC 9457 problem details */
        Problem: {
            /** @description /problems/<code>, stable for programs */
            type: string;
            title: string;
            status: number;
            /** @description What is wrong, where and what to do */
            detail: string;
            /** @description The request's id, also in X-Request-Id */
            instance?: string;
            errors?: {
                field: string;
                detail: string;
            }[];
        };
        /**
         * @description Of whose records
         * @enum {string}
         */
        Reach: "none" | "own" | "team" | "all";
        RegisterHead: {
            name: string;
            number: number;
            label: string;
            help: string;
            /** @description Fields of the natural key */
            key: string[];
            /** @description The field by which people call a record */
            title: string;
            /** @description The field with the person whose data it is; "id": the record is the person; "": nobody's */
            subject: string;
            read: components["schemas"]["Reach"];
            write: components["schemas"]["Reach"];
            /** @description Current records; only where you may read all of them */
            count?: number;
        };
        RegisterList: {
            /** @description Ledger entries known */
            at: number;
            registers: components["schemas"]["RegisterHead"][];
        };
        Choice: {
            code: string;
            label: string;
        };
        /** @enum {string} */
        FieldType: "text" | "long_text" | "integer" | "decimal" | "money" | "date" | "instant" | "boolean" | "choice" | "reference" | "person" | "list" | "file" | "url" | "mail" | "mac_address" | "sha256";
        Field: {
            name: string;
            number: number;
            type: components["schemas"]["FieldType"];
            /** @description Of a list's items */
            of?: components["schemas"]["FieldType"];
            label: string;
            help?: string;
            required: boolean;
            unique: boolean;
            personal: boolean;
            /** @description Register that a reference leads to */
            to?: string;
            choices?: components["schemas"]["Choice"][];
            format?: string;
            currency?: string;
            unit?: string;
            /** @enum {string} */
            when?: "past" | "start" | "end" | "limit";
            min?: number | string;
            max?: number | string;
            maxLength?: number;
            scale?: number;
        };
        Register: components["schemas"]["RegisterHead"] & {
            fields: components["schemas"]["Field"][];
        };
        Reference: {
            id: number;
            key: string;
            title: string;
        };
        Scalar: (string | number | boolean | null) | components["schemas"]["Reference"];
        /** @description Integers are numbers, booleans booleans, decimals and money exact texts, days 2026-11-23, instants RFC 3339, choices their codes, what is empty null */
        Value: components["schemas"]["Scalar"] | components["schemas"]["Scalar"][];
        Record: {
            id: number;
            version: number;
            /** @description Ledger entry of this version */
            index: number;
            key: string;
            title: string;
            fields: {
                [key: string]: components["schemas"]["Value"];
            };
            /** @description Fields whose values were erased, with the entry that did it */
            erased?: {
                [key: string]: number;
            };
        };
        RecordPage: {
            at: number;
            total: number;
            offset: number;
            records: components["schemas"]["Record"][];
            /** @description Query of the next page, for programs */
            next?: string;
        };
        RecordFields: {
            /** @description What is left out stays as it is; null and "" empty the field. References by natural key, "#id" or {"id": number} */
            fields: {
                [key: string]: components["schemas"]["WrittenValue"];
            };
        };
        WrittenScalar: (string | number | boolean | null) | {
            id: number;
        };
        WrittenValue: components["schemas"]["WrittenScalar"] | components["schemas"]["WrittenScalar"][];
        Change: {
            register: string;
            id: number;
            version: number;
            index: number;
            /** @enum {string} */
            kind: "created" | "changed" | "unchanged" | "retired";
        };
        RecordChange: components["schemas"]["Change"] & {
            record?: components["schemas"]["Record"];
        };
        Retirement: {
            reason?: string;
        };
        Entry: {
            index: number;
            /** Format: date-time */
            at: string;
            kind: string;
            by?: {
                id: number;
                key: string;
                title: string;
            };
        };
        RecordVersion: components["schemas"]["Record"] & {
            entry: components["schemas"]["Entry"];
            /** @description The entry that ended this version */
            until?: number;
        };
        RecordHistory: {
            at: number;
            versions: components["schemas"]["RecordVersion"][];
            retired?: components["schemas"]["Entry"];
            reason?: string;
        };
        Attachment: {
            sha256: string;
            size: number;
        };
        ImportColumns: {
            rows: number;
            columns: {
                heading: string;
                /** @description What the heading names: a field, id or version */
                field: string | null;
                /** @description Of the first rows */
                cells: string[];
            }[];
        };
        /** @description Entries of the ledger, both included */
        Entries: {
            first: number;
            last: number;
        };
        ImportReport: {
            rows: number;
            created: number;
            changed: number;
            unchanged: number;
            /** @description Nothing was imported when there is one */
            problemCount: number;
            /** @description The first 100 */
            problems: {
                /** @description As the spreadsheet shows it */
                row: number;
                column: string;
                value: string;
                detail: string;
            }[];
            /** @description What undo takes; left out when nothing was written */
            entries?: components["schemas"]["Entries"];
        };
        ManyChanges: {
            /** @description Up to 10,000 records */
            ids: number[];
            fields: {
                [key: string]: components["schemas"]["WrittenValue"];
            };
        };
        ManyRetirements: {
            /** @description Up to 10,000 records */
            ids: number[];
            reason?: string;
        };
        BatchReport: {
            records: number;
            changed: number;
            /** @description Nothing was changed when there is one */
            problemCount: number;
            /** @description The first 20 */
            problems: {
                id: number;
                title: string;
                detail: string;
            }[];
            /** @description What undo takes; left out when nothing was written */
            entries?: components["schemas"]["Entries"];
        };
        Checkpoint: {
            size: number;
            root: string;
            /** Format: date-time */
            signedAt: string;
            /** @description C2SP signed note with its cosignatures */
            note: string;
        };
        Ledger: {
            size: number;
            root: string;
            /** @description Verifier keys of the witnesses that the organisation asks */
            witnessKeys: string[];
            origin?: string;
            /** @description vkey of C2SP signed-note */
            key?: string;
            checkpoint?: components["schemas"]["Checkpoint"];
            cosignatures?: {
                witness: string;
                size: number;
                /** Format: date-time */
                at: string;
            }[];
        };
        EntryPage: {
            size: number;
            entries: (components["schemas"]["Entry"] & {
                register?: string;
                registerLabel?: string;
                version?: number;
                record?: components["schemas"]["Reference"];
            })[];
        };
        Receipt: {
            index: number;
            /** @description C2SP tlog-proof */
            proof: string;
            /** @description The disclosed version as a JSON file (docs/formats/receipt.md) */
            record: string;
            key: string;
        };
        SignIn: {
            mail: string;
            password: string;
        };
        SignInCode: {
            /** @description Of the first step; good for five minutes */
            pending: string;
            /** @description Six digits, or a recovery code */
            code: string;
        };
        SignedIn: {
            /** @enum {string} */
            state: "signed_in" | "code_needed";
            user?: number;
            /** @description For the second step */
            pending?: string;
            /** @description After one was used */
            recoveryCodesLeft?: number;
        };
        ForgottenPassword: {
            mail: string;
        };
        PasswordReset: {
            /** @description Whether this server sends mails at all: ask the security manager for a link, when it does not. Says nothing of the address */
            mailed: boolean;
        };
        LinkSecret: {
            /** @description What stands behind # in the link */
            link: string;
        };
        Link: {
            /** @enum {string} */
            kind: "setup" | "invitation" | "reset" | "sign_in";
            /** Format: date-time */
            ends: string;
            name?: string;
            /** @description Setup: there is no person yet, so one will be made; send name */
            needsName?: boolean;
            mail?: string;
        };
        LinkRedemption: {
            link: string;
            /** @description Needed but for links that sign in */
            password?: string;
            /** @description Setup: natural key of who is to be the first user */
            person?: string;
            mail?: string;
            /** @description Setup: of a new person */
            name?: string;
            code?: string;
            employment?: string;
            /** Format: date */
            joined_on?: Day;
        };
        NewPassword: {
            password: string;
        };
        PasswordOpinion: {
            accepted: boolean;
            /** @description 0 guessed at once, 4 very hard to guess */
            score: number;
            advice: string[];
        };
        Role: {
            code: string;
            label: string;
        };
        Me: {
            user: number;
            person?: number;
            name: string;
            mail: string;
            /** @enum {string} */
            language: "ja" | "en";
            roles: components["schemas"]["Role"][];
            customRoles: string[];
            /** @description An auditor's; empty = all */
            items: string[];
            /** @description Actions: see_sheets, see_rows, change_claims, approve, manage_users, manage_tokens_of_others, see_access_record, erase_people, export_packs, back_up, configure, publish */
            may: string[];
            /** @enum {string} */
            by: "session" | "token";
            scope: components["schemas"]["TokenScope"];
            /** @description People below */
            manages: number;
            secondFactor: {
                enrolled: boolean;
                /** @description In this session */
                used: boolean;
                recoveryCodesLeft: number;
            };
        };
        /** @enum {string} */
        TokenScope: "read" | "write" | "admin";
        PasswordChange: {
            current: string;
            password: string;
        };
        Session: {
            id: number;
            device: string;
            address: string;
            /** Format: date-time */
            began: string;
            /** Format: date-time */
            lastUsed: string;
            /** Format: date-time */
            ends: string;
            secondFactor: boolean;
            /** @description It is this one */
            here: boolean;
        };
        SessionList: {
            sessions: components["schemas"]["Session"][];
        };
        EndedSessions: {
            ended: number;
        };
        Token: {
            id: number;
            user: number;
            name: string;
            scope: components["schemas"]["TokenScope"];
            /** Format: date-time */
            made: string;
            /** Format: date-time */
            ends: string;
            /** Format: date-time */
            lastUsed: string | null;
            lastAddress: string;
        };
        TokenList: {
            tokens: components["schemas"]["Token"][];
        };
        NewToken: {
            name: string;
            scope: components["schemas"]["TokenScope"];
            /**
             * Format: date
             * @description Last day, within a year
             */
            ends: Day;
        };
        MadeToken: {
            id: number;
            /** @description Shown once */
            token: string;
        };
        Code: {
            code: string;
        };
        TotpOffer: {
            /** @description Base32, for typing */
            secret: string;
            uri: string;
            qr: {
                /** @description Of the SVG's viewBox */
                size: number;
                path: string;
            };
        };
        RecoveryCodes: {
            /** @description Shown once */
            recoveryCodes: string[];
        };
        User: {
            id: number;
            person?: number;
            name: string;
            mail: string;
            roles: components["schemas"]["Role"][];
            customRoles: string[];
            items: string[];
            /** @enum {string} */
            language: "ja" | "en";
            /** @enum {string} */
            state: "active" | "invited" | "not_yet" | "ended" | "disabled";
            /** @description You may change this user */
            manageable: boolean;
            secondFactor: boolean;
            /** Format: date-time */
            lastUsed: string | null;
            /** Format: date */
            from?: Day;
            /** Format: date */
            to?: Day;
        };
        UserList: {
            users: components["schemas"]["User"][];
        };
        /** @description Fields of the register app_user */
        UserFields: {
            person?: components["schemas"]["WrittenValue"];
            mail?: components["schemas"]["WrittenValue"];
            name?: components["schemas"]["WrittenValue"];
            roles?: components["schemas"]["WrittenValue"];
            custom_roles?: components["schemas"]["WrittenValue"];
            items?: components["schemas"]["WrittenValue"];
            language?: components["schemas"]["WrittenValue"];
            from_day?: components["schemas"]["WrittenValue"];
            to_day?: components["schemas"]["WrittenValue"];
            disabled?: components["schemas"]["WrittenValue"];
        };
        MadeLink: {
            /** @enum {string} */
            kind: "invitation" | "reset";
            /** @description Shown once */
            secret: string;
            /** @description A mail with the link is on its way */
            mailed: boolean;
            /** @description To open in a browser */
            path: string;
            /** Format: date-time */
            ends: string;
        };
        InvitedUser: components["schemas"]["Change"] & {
            link: components["schemas"]["MadeLink"];
        };
        Access: {
            number: number;
            /** Format: date-time */
            at: string;
            /** @description person:17 or user:23 */
            who: string;
            register: string;
            records: number[];
            fields: string[];
            request: string;
            /** @description Ledger entry that seals the line */
            entry: number | null;
        };
        AccessList: {
            lines: components["schemas"]["Access"][];
        };
        AccessVerification: {
            batches: number;
            lines: number;
            unsealed: number;
            faults: string[];
        };
        Person: {
            id: number;
            title: string;
        };
        /** @enum {unknown} */
        RequestState: "asked" | "approved" | "done" | "returned" | "rejected" | "withdrawn" | "lapsed";
        RequestHead: {
            id: number;
            version: number;
            code: string;
            kind: string;
            kindLabel: string;
            /** @description What an approval makes true */
            sentence: string;
            state: components["schemas"]["RequestState"];
            stateLabel: string;
            askedBy: components["schemas"]["Person"];
            onBehalfOf: components["schemas"]["Person"];
            /** Format: date */
            askedOn: Day;
            /** Format: date */
            dueOn?: Day;
            overdue: boolean;
            decidedBy?: components["schemas"]["Person"];
            /** Format: date */
            decidedOn?: Day;
        };
        RequestPage: {
            total: number;
            offset: number;
            requests: components["schemas"]["RequestHead"][];
        };
        /** @description The record that is changed; without id a new one */
        RequestTarget: {
            register: string;
            label?: string;
            id?: number;
            version?: number;
            title?: string;
        };
        RequestField: {
            field: string;
            label: string;
            /** @description Filled by the asker; otherwise by the kind of request */
            asked: boolean;
            differs: boolean;
            /** @description Left out for a new record, and where the caller may not see it */
            before?: components["schemas"]["Value"];
            beforeText?: string;
            after: components["schemas"]["Value"];
            afterText: string;
        };
        RequestDifference: {
            field: string;
            label: string;
            then?: components["schemas"]["Value"];
            thenText?: string;
            now?: components["schemas"]["Value"];
            nowText?: string;
        };
        RequestCheck: {
            check: string;
            title: string;
            why: string;
        };
        RequestMay: {
            allowed: boolean;
            /** @description Why not */
            why?: string;
        };
        Request: components["schemas"]["RequestHead"] & {
            /** @description SHA-256 of what stands now: what approving sends */
            hash: string;
            target: components["schemas"]["RequestTarget"];
            /** @description Left out when it was erased */
            fields?: components["schemas"]["RequestField"][];
            /** @description What differs from what was last approved, or from the record as it was when it was asked */
            changed?: {
                proposed: components["schemas"]["RequestDifference"][];
                record?: components["schemas"]["RequestDifference"][];
            };
            /** @description Of the decision */
            reason?: string;
            result?: components["schemas"]["RequestTarget"];
            /** @description The day on which an approval is carried out */
            carriedOutOn?: string;
            /** @description That ask for it */
            checks: components["schemas"]["RequestCheck"][];
            comments: {
                position: number;
                by: components["schemas"]["Person"];
                /** Format: date-time */
                at: string;
                text: string;
                erased?: boolean;
            }[];
            /** @description Users who may decide on it now */
            deciders?: components["schemas"]["Person"][];
            may: {
                approve: components["schemas"]["RequestMay"];
                reject: components["schemas"]["RequestMay"];
                return: components["schemas"]["RequestMay"];
                withdraw: components["schemas"]["RequestMay"];
                change: components["schemas"]["RequestMay"];
                comment: components["schemas"]["RequestMay"];
            };
        };
        RequestKinds: {
            kinds: {
                name: string;
                label: string;
                help: string;
                register: string;
                fields: components["schemas"]["Field"][];
                /** @description Fields of which exactly one is filled */
                oneOf: string[];
                /** @description Some may ask on behalf of others */
                forOthers: boolean;
                decidedBy: string[];
                /** @description Business days */
                dueDays: number;
                checks: components["schemas"]["RequestCheck"][];
            }[];
        };
        NewRequest: {
            kind: string;
            /** @description A person by number or code; yourself when it is left out */
            onBehalfOf?: components["schemas"]["WrittenValue"];
            fields: {
                [key: string]: components["schemas"]["WrittenValue"];
            };
            comment?: string;
        };
        RequestApproval: {
            /** @description Of what the approver saw */
            hash: string;
        };
        RequestDecision: {
            reason: string;
        };
        RequestComment: {
            text: string;
        };
        /**
         * @description ○ △ × ? －
         * @enum {string}
         */
        Mark: "full" | "partial" | "none" | "unknown" | "not_applicable";
        /** @enum {string} */
        RemarkMark: "earned" | "not_earned" | "nothing_claimed";
        /** @enum {string} */
        RowState: "satisfied" | "due" | "expired" | "missing" | "unknown" | "exempt" | "absent";
        /** @enum {string} */
        CheckState: "satisfied" | "broken" | "not_applicable" | "no_occasion" | "unknown" | "error";
        /** @enum {string} */
        Level: "asked" | "claimed" | "extra";
        /** @enum {string} */
        When: "today" | "past" | "forecast";
        PersonName: {
            id: number;
            title: string;
        };
        RecordName: {
            register: string;
            id: number;
            key: string;
            title: string;
        };
        /** @description Rows of a check; satisfied counts what is due, too */
        RowCounts: {
            satisfied: number;
            total: number;
            due: number;
            expired: number;
            missing: number;
            unknown: number;
            exempt: number;
        };
        /** @description Items with each mark */
        MarkCounts: {
            full: number;
            partial: number;
            none: number;
            unknown: number;
            not_applicable: number;
        };
        Verdict: {
            mark: components["schemas"]["Mark"];
            satisfied: number;
            total: number;
            exempt: number;
            remark: components["schemas"]["RemarkMark"];
        };
        Flip: components["schemas"]["Verdict"] & {
            /** Format: date */
            day: Day;
        };
        Claim: {
            mark: components["schemas"]["Mark"] | null;
            remark: string;
            planned: components["schemas"]["Mark"] | null;
            /** Format: date */
            plannedOn: Day | null;
            /** Format: date */
            approvedOn: Day | null;
        };
        ItemHead: {
            number: number;
            code: string;
            area: number;
            question: string;
        };
        SheetItem: components["schemas"]["ItemHead"] & {
            areaLabel: string;
            verdict: components["schemas"]["Verdict"];
            claim: components["schemas"]["Claim"];
            /** @description No ○ or remark is claimed that is not earned */
            claimStands: boolean;
            nextFlip: components["schemas"]["Flip"] | null;
            nextRemarkFlip: components["schemas"]["Flip"] | null;
            nextChange: components["schemas"]["Flip"] | null;
        };
        SheetArea: {
            number: number;
            label: string;
            optional: boolean;
            items: number;
            counts: components["schemas"]["MarkCounts"];
        };
        SheetHead: {
            sheet: string;
            label: string;
            organisation: string;
            /** Format: date */
            day: Day;
            /** @description Ledger entries known */
            at: number;
            /** @description Merkle root over them, base64 */
            root: string;
            /** @description Version of the catalog */
            definitions: string;
            counts: components["schemas"]["MarkCounts"];
            /** @description Items whose claim does not stand */
            claimGaps: number;
        };
        Sheet: components["schemas"]["SheetHead"] & {
            when: components["schemas"]["When"];
            areas: components["schemas"]["SheetArea"][];
            items: components["schemas"]["SheetItem"][];
        };
        SheetList: {
            sheets: (components["schemas"]["SheetHead"] & {
                items: number;
            })[];
        };
        ItemUse: {
            sheet: string;
            number: number;
            code: string;
            level?: components["schemas"]["Level"];
        };
        /** @description A new record that would speak about the row, with what is known of it */
        CreateRecord: {
            register: string;
            label: string;
            fields: {
                [key: string]: components["schemas"]["RecordName"];
            };
        };
        CheckRow: {
            subject: string;
            label: string;
            owner: components["schemas"]["PersonName"] | null;
            state: components["schemas"]["RowState"];
            /** @description A code */
            reason: string;
            sentence: string;
            /** Format: date */
            until: Day | null;
            /** Format: date */
            startsOn?: Day;
            exception?: {
                id: number;
                code: string;
                /** Format: date */
                until: Day;
                compensatingMeasure: string;
                approvedBy: components["schemas"]["PersonName"] | null;
            } | null;
            /** @description Records that it rests on */
            evidence?: components["schemas"]["RecordName"][];
            todo?: string;
            mend?: {
                record: components["schemas"]["RecordName"] | null;
                create: components["schemas"]["CreateRecord"][];
            };
        };
        ItemCheck: {
            check: string;
            title: string;
            why: string;
            subjectRegister: string;
            minutes: number;
            state: components["schemas"]["CheckState"];
            counts: components["schemas"]["RowCounts"];
            alsoAnswers: components["schemas"]["ItemUse"][];
            level: components["schemas"]["Level"];
            /** @description One of a group of which one satisfied member suffices */
            anyOf: boolean;
            /** @description Of a group: the one that counts */
            speaks: boolean;
            scope: string;
            rows: components["schemas"]["CheckRow"][];
            offset: number;
            limit: number;
            error?: string;
            doubt?: {
                sentence: string;
                todo: string;
            };
            contradictions?: string[];
        };
        ItemDetail: {
            sheet: string;
            organisation: string;
            /** Format: date */
            day: Day;
            when: components["schemas"]["When"];
            at: number;
            definitions: string;
            item: components["schemas"]["SheetItem"];
            checks: components["schemas"]["ItemCheck"][];
            /** @description False: only rows that are yours to mend or about you are shown */
            seesAllRows: boolean;
        };
        Gap: {
            /** Format: date */
            from: Day;
            /** Format: date */
            until: Day;
            days: number;
            /** @description It reaches the last day */
            open: boolean;
        };
        ItemHistory: components["schemas"]["ItemHead"] & {
            sheet: string;
            at: number;
            /** Format: date */
            ledgerBegan: Day | null;
            /** Format: date */
            from: Day;
            /** Format: date */
            to: Day;
            /** @description Days on which it was ○ */
            full: number;
            /** @description Days that had to be ○ */
            of: number;
            gaps: (components["schemas"]["Gap"] & {
                mark: components["schemas"]["Mark"];
            })[];
            changes: components["schemas"]["Flip"][];
        };
        Series: {
            sheet: string;
            at: number;
            /** Format: date */
            today: Day;
            /** Format: date */
            from: Day;
            /** Format: date */
            to: Day;
            /** Format: date */
            ledgerBegan: Day | null;
            days: (components["schemas"]["MarkCounts"] & {
                /** Format: date */
                day: Day;
                forecast?: boolean;
            })[];
        };
        Window: {
            sheet: string;
            /** Format: date */
            from: Day;
            /** Format: date */
            to: Day;
            days: number;
            /** Format: date */
            ledgerBegan: Day | null;
            definitions: string;
            items: (components["schemas"]["ItemHead"] & {
                full: number;
                of: number;
                notFull: number;
                notApplicable: number;
                /** @description Days before the ledger began */
                unrecorded: number;
                gaps: (components["schemas"]["Gap"] & {
                    verdicts: (components["schemas"]["Verdict"] & {
                        /** Format: date */
                        from: Day;
                    })[];
                })[];
            })[];
        };
        Forecast: {
            sheet: string;
            at: number;
            /** Format: date */
            today: Day;
            /** Format: date */
            until: Day;
            /** @description Weekdays on which nobody works: national holidays and the organisation's own */
            holidays: Day[];
            falls: components["schemas"]["Fall"][];
            items: (components["schemas"]["ItemHead"] & {
                /** Format: date */
                on: Day;
                before: components["schemas"]["Verdict"];
                after: components["schemas"]["Verdict"];
            })[];
            failed: {
                check: string;
                error: string;
            }[];
            openToday: number;
            fullToday: number;
        };
        Fall: {
            /**
             * Format: date
             * @description First day on which the rows do not hold
             */
            on: Day;
            /** Format: date */
            deadline: Day;
            /**
             * Format: date
             * @description Last business day for acting
             */
            actBy: Day;
            check: string;
            title: string;
            state: components["schemas"]["RowState"];
            count: number;
            rows: {
                subject: string;
                label: string;
                sentence: string;
                todo: string;
            }[];
            items: number[];
            /** @description Items that lose their ○ on that day */
            losing: number[];
            owner: components["schemas"]["PersonName"] | null;
        };
        DiffPlace: {
            /** Format: date */
            day: Day;
            at: number;
        };
        DiffSide: {
            state: components["schemas"]["RowState"];
            sentence: string;
        };
        /** @description The entry that did it */
        DiffCause: {
            index: number;
            /** Format: date-time */
            time: string;
            kind: string;
            isNew: boolean;
            label: string;
            by: string;
            reason: string;
            fields: {
                name: string;
                label: string;
                hidden: boolean;
                before?: string;
                after?: string;
            }[];
            record?: {
                register: string;
                id: number;
            };
        };
        SheetDiff: {
            sheet: string;
            from: components["schemas"]["DiffPlace"];
            to: components["schemas"]["DiffPlace"];
            definitions: string;
            items: (components["schemas"]["ItemHead"] & {
                before: components["schemas"]["Verdict"];
                after: components["schemas"]["Verdict"];
                flipped: boolean;
            })[];
            checks: {
                check: string;
                title: string;
                before: components["schemas"]["RowCounts"];
                after: components["schemas"]["RowCounts"];
                came: number;
                went: number;
                changed: number;
                items: number[];
                rows: {
                    subject: string;
                    label: string;
                    owner: string;
                    before: components["schemas"]["DiffSide"];
                    after: components["schemas"]["DiffSide"];
                    cause: components["schemas"]["DiffCause"] | null;
                }[];
                errorBefore?: string;
                errorAfter?: string;
            }[];
        };
        Task: {
            /** Format: date */
            dueOn: Day;
            overdue: boolean;
            owner: components["schemas"]["PersonName"] | null;
            check: string;
            title: string;
            subjectRegister: string;
            subject: string;
            label: string;
            state: components["schemas"]["RowState"];
            sentence: string;
            todo: string;
            items: number[];
            minutes: number;
        };
        TaskList: {
            sheet: string;
            at: number;
            /** Format: date */
            today: Day;
            /** Format: date */
            until: Day;
            total: number;
            /** @description To be done already */
            open: number;
            minutes: number;
            tasks: components["schemas"]["Task"][];
        };
        CheckHead: {
            check: string;
            title: string;
            why: string;
            subjectRegister: string;
            grace: number;
            window: number;
            minutes: number;
            byItem: boolean;
            items: components["schemas"]["ItemUse"][];
        };
        CheckList: {
            definitions: string;
            checks: components["schemas"]["CheckHead"][];
        };
        CheckDetail: components["schemas"]["CheckHead"] & {
            /** Format: date */
            day: Day;
            when: components["schemas"]["When"];
            at: number;
            state: components["schemas"]["CheckState"];
            counts: components["schemas"]["RowCounts"];
            todo: string;
            reasons: {
                [key: string]: string;
            };
            rows: components["schemas"]["CheckRow"][];
            offset: number;
            limit: number;
            error?: string;
        };
        ItemClaim: components["schemas"]["ItemHead"] & {
            sheet: string;
            claim: components["schemas"]["Claim"];
            id?: number;
            version?: number;
        };
        ClaimChange: {
            mark?: components["schemas"]["Mark"] | null;
            remark?: string;
            planned?: components["schemas"]["Mark"] | null;
            /** Format: date */
            plannedOn?: Day | null;
        };
        ClaimLint: {
            sheet: string;
            at: number;
            claims: number;
            findings: {
                /** @enum {string} */
                kind: "untied_sentence" | "unanswered_part" | "repeated_text";
                number: number;
                code: string;
                text: string;
                also: number[];
            }[];
        };
        ErasurePlace: {
            register?: string;
            label?: string;
            id?: number;
            key?: string;
        };
        ErasureNote: components["schemas"]["ErasurePlace"] & {
            message: string;
            todo: string;
        };
        ErasurePlan: {
            person: number;
            name: string;
            /** @description Of just this plan, for the order */
            hash: string;
            /** @description Entry of an earlier erasure */
            erasedBy?: number;
            /** @description To settle before */
            blockers: components["schemas"]["ErasureNote"][];
            kept: (components["schemas"]["ErasurePlace"] & {
                fields: string[];
                basis: string;
                source: string;
                /**
                 * Format: date
                 * @description Absent: no end yet
                 */
                until?: Day;
            })[];
            going: (components["schemas"]["ErasurePlace"] & {
                fields: string[];
                values: number;
            })[];
            /** @description That go, over all versions */
            values: number;
            attachments: number;
            /** @description That stay because other records have the same file */
            sharedAttachments: number;
            /** @description Records that name the person and will show the erasure */
            references: number;
            mentions: (components["schemas"]["ErasurePlace"] & {
                field: string;
                found: string;
                sure: boolean;
                current: boolean;
            })[];
            /** @description To be handled by hand */
            copies: components["schemas"]["ErasureNote"][];
        };
        ErasureOrder: {
            /** @description Code or #number */
            person: string;
            /** @description The same once more, typed by a person */
            confirm: string;
            /** @description Of the plan that was looked at */
            hash: string;
            /** @description Why, without names: it becomes part of the ledger */
            basis: string;
            /**
             * Format: date
             * @description Today, when it is left out
             */
            requested?: Day;
        };
        ErasureDone: {
            entry: number;
            values: number;
            attachments: number;
            /** @description Not finished; done when the server starts next */
            open: string[];
            searched: {
                files: number;
                bytes: number;
                unread: number;
                found: {
                    file: string;
                    value: string;
                }[];
            };
        };
        Erasures: {
            erasures: {
                entry: number;
                person: number;
                /** Format: date */
                requested: Day;
                /** Format: date */
                executed: Day;
                basis: string;
                values: number;
                replays?: number;
            }[];
        };
        Backups: {
            /** @enum {string} */
            state: "off" | "waiting" | "good" | "failed";
            advice: string;
            place: string;
            /** @description Backups of this organisation that lie there */
            kept: number;
            /** Format: date-time */
            lastSuccess?: string;
            name?: string;
            bytes?: number;
            /** Format: date-time */
            next?: string;
            /** @description Of the last try */
            problem?: string;
            runs: {
                /** Format: date */
                on: Day;
                /** @enum {string} */
                result: "success" | "failed";
            }[];
            lastDrill: {
                /** Format: date */
                on: Day;
                succeeded: boolean;
            } | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listRegisters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisterList"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRegister: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                register: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Register"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signInCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInCode"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    lookAtLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkSecret"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Link"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    redeemLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkRedemption"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    judgePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPassword"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasswordOpinion"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    forgetPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ForgottenPassword"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasswordReset"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endOtherSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndedSessions"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenList"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    makeToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewToken"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeToken"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    offerTotp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TotpOffer"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmTotp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Code"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeTotp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Code"];
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    newRecoveryCodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Code"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAllTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenList"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endAnyToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUsers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserList"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    inviteUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserFields"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitedUser"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserFields"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Change"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    makeUserLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeLink"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endUserSessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndedSessions"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resetSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAccesses: {
        parameters: {
            query?: {
                /** @description Lines with smaller numbers */
                before?: number;
                /** @description Lines, 1 to 1000 */
                limit?: number;
                /** @description person:17 or user:23 */
                who?: string;
                /** @description Name of a register */
                register?: string;
                /** @description Number of a record */
                record?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessList"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verifyAccesses: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessVerification"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRecords: {
        parameters: {
            query?: {
                /** @description Ledger index at which the list is seen: pages of one index never move. Now, when it is left out */
                at?: number;
                /** @description Records to skip */
                offset?: number;
                /** @description Records of a page, 1 to 1000 */
                limit?: number;
                /** @description field:operator:value; operators eq ne lt le gt ge contains empty filled; several are all demanded */
                filter?: string;
                /** @description Words, all of them anywhere in a record */
                q?: string;
                /** @description Up to three fields by commas, "-" in front: downwards */
                sort?: string;
                /** @description Only records with a larger id: what `next` of the page before says */
                after?: number;
            };
            header?: never;
            path: {
                register: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordPage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putRecord: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                register: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordFields"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordChange"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createRecord: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                register: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordFields"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordChange"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRecord: {
        parameters: {
            query?: {
                /** @description Ledger index at which it is seen; now, when it is left out */
                at?: number;
            };
            header?: never;
            path: {
                register: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Record"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeRecord: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                register: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordFields"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordChange"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRecordHistory: {
        parameters: {
            query?: {
                /** @description Ledger index at which it is seen; now, when it is left out */
                at?: number;
            };
            header?: never;
            path: {
                register: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordHistory"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retireRecord: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                register: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Retirement"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordChange"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeRecords: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                register: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ManyChanges"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchReport"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retireRecords: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                register: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ManyRetirements"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchReport"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    undoEntries: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                register: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Entries"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchReport"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    lookIntoFile: {
        parameters: {
            query?: {
                /** @description csv (taken when left out), tsv or xlsx */
                format?: string;
            };
            header?: never;
            path: {
                register: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportColumns"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    importRegister: {
        parameters: {
            query?: {
                /** @description csv (taken when left out), tsv or xlsx */
                format?: string;
                /** @description Field names by commas, one for each column of the file; nothing between commas leaves the column out. Left out: the headings say it */
                columns?: string;
                /** @description Tries everything and changes nothing */
                dryRun?: boolean;
                /** @description A word of yours under which `progress` events of /events tell how far it is */
                job?: string;
            };
            header?: never;
            path: {
                register: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportReport"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportRegister: {
        parameters: {
            query?: {
                /** @description csv (taken when left out), tsv or xlsx */
                format?: string;
                /** @description names: field names; otherwise labels in the language of the request */
                headings?: string;
                /** @description Names of fields by commas; all that you may see, when it is left out */
                columns?: string;
                /** @description As of the list of records */
                filter?: string;
                /** @description As of the list of records */
                q?: string;
                /** @description As of the list of records */
                sort?: string;
                /** @description Ledger index */
                at?: number;
            };
            header?: never;
            path: {
                register: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    uploadAttachment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attachment"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    downloadAttachment: {
        parameters: {
            query?: {
                /** @description Which of a list, from 0 */
                n?: number;
            };
            header?: never;
            path: {
                register: string;
                id: string;
                field: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLedger: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ledger"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEntries: {
        parameters: {
            query?: {
                /** @description Only entries with a smaller index */
                before?: number;
                /** @description 1 to 200 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntryPage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReceipt: {
        parameters: {
            query?: {
                /** @description The newest, when it is left out */
                version?: number;
            };
            header?: never;
            path: {
                register: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listen: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRequests: {
        parameters: {
            query?: {
                /** @description mine (also about me), to_approve (that I may decide now), all (that I may see) */
                which?: string;
                /** @description Requests to skip */
                offset?: number;
                /** @description Requests of a page, 1 to 200 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestPage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createRequest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordFields"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRequestKinds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestKinds"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestApproval"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rejectRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestDecision"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    returnRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestDecision"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    commentRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestComment"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOpenApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/openapi+json": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReference: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSheets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SheetList"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSheet: {
        parameters: {
            query?: {
                /** @description Day of the verdicts; today, when it is left out. A later day shows what comes if nobody acts */
                on?: Day;
                /** @description What was known: a number of ledger entries, a day's end, an instant, or "now". Of a past day what was known at its end, when it is left out */
                known_at?: string;
                /** @description "all": also the areas that are not published */
                rows?: string;
            };
            header?: never;
            path: {
                sheet: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sheet"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getItem: {
        parameters: {
            query?: {
                /** @description Day of the verdicts; today, when it is left out. A later day shows what comes if nobody acts */
                on?: Day;
                /** @description What was known: a number of ledger entries, a day's end, an instant, or "now". Of a past day what was known at its end, when it is left out */
                known_at?: string;
                /** @description Only this check's rows */
                check?: string;
                /** @description Rows of each check to skip */
                offset?: number;
                /** @description Rows of each check, 0 to 1000; 20, when it is left out */
                limit?: number;
            };
            header?: never;
            path: {
                sheet: string;
                item: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getItemHistory: {
        parameters: {
            query?: {
                /** @description First day that is counted; a year before `to`, when it is left out */
                from?: Day;
                /** @description Last day that is counted; yesterday at the latest */
                to?: Day;
            };
            header?: never;
            path: {
                sheet: string;
                item: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemHistory"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportSheetForecast: {
        parameters: {
            query?: {
                /** @description Last day; three months ahead, when it is left out */
                until?: Day;
                /** @description csv (when it is left out), tsv, json or ics */
                format?: string;
            };
            header?: never;
            path: {
                sheet: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportSheetDiff: {
        parameters: {
            query?: {
                /** @description A day (its end) or @ and a number of entries */
                from?: string;
                /** @description The same; today, when it is left out */
                to?: string;
                /** @description Only this item */
                item?: string;
                /** @description "changed": rows of all items that differ; else of those whose mark does */
                detail?: string;
                /** @description Rows of each check, 0 to 1000 */
                limit?: number;
                /** @description "all": also the areas that are not published */
                rows?: string;
                /** @description csv (when it is left out), tsv or json */
                format?: string;
            };
            header?: never;
            path: {
                sheet: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportSheetWindow: {
        parameters: {
            query?: {
                /** @description First day; a year before, when it is left out */
                from?: Day;
                /** @description Last day */
                to?: Day;
                /** @description "all": also the areas that are not published */
                rows?: string;
                /** @description csv (when it is left out), tsv, json or table */
                format?: string;
                /** @description Of a table, in columns; 0: lines as long as they come */
                width?: number;
            };
            header?: never;
            path: {
                sheet: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSheetSeries: {
        parameters: {
            query?: {
                /** @description First day; a year before, when it is left out */
                from?: Day;
                /** @description Last day */
                to?: Day;
            };
            header?: never;
            path: {
                sheet: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Series"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSheetWindow: {
        parameters: {
            query?: {
                /** @description First day; a year before, when it is left out */
                from?: Day;
                /** @description Last day */
                to?: Day;
                /** @description "all": also the areas that are not published */
                rows?: string;
            };
            header?: never;
            path: {
                sheet: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Window"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSheetForecast: {
        parameters: {
            query?: {
                /** @description Last day; three months ahead, when it is left out */
                until?: Day;
                /** @description "ics": a calendar */
                format?: string;
            };
            header?: never;
            path: {
                sheet: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Forecast"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSheetDiff: {
        parameters: {
            query?: {
                /** @description A day (its end) or @ and a number of entries */
                from?: string;
                /** @description The same; today, when it is left out */
                to?: string;
                /** @description Only this item */
                item?: string;
                /** @description "changed": rows of all items that differ; else of those whose mark does */
                detail?: string;
                /** @description Rows of each check, 0 to 1000 */
                limit?: number;
                /** @description "all": also the areas that are not published */
                rows?: string;
            };
            header?: never;
            path: {
                sheet: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SheetDiff"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportSheet: {
        parameters: {
            query?: {
                /** @description Day of the verdicts; today, when it is left out. A later day shows what comes if nobody acts */
                on?: Day;
                /** @description What was known: a number of ledger entries, a day's end, an instant, or "now". Of a past day what was known at its end, when it is left out */
                known_at?: string;
                /** @description xlsx (when it is left out), tsv, csv, json or table (text for a terminal) */
                format?: string;
                /** @description Of a table, in columns; 0: lines as long as they come */
                width?: number;
                /** @description tsv and csv: "verdicts" (when it is left out) or "published": the published file, byte for byte */
                layout?: string;
                /** @description "all": also the areas that are not published */
                rows?: string;
            };
            header?: never;
            path: {
                sheet: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    makePack: {
        parameters: {
            query?: {
                /** @description First day; a year before `to` when it is left out */
                from?: Day;
                /** @description Last day; today when it is left out */
                to?: Day;
                /** @description Numbers or codes of items between commas; all when it is left out */
                items?: string;
                /** @description all: also the areas that are not published */
                rows?: string;
                /** @description Disclosed per register at most; 1000 when it is left out */
                records?: number;
                /** @description A word of yours under which `progress` events of /events tell how far it is */
                job?: string;
            };
            header?: never;
            path: {
                sheet: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTasks: {
        parameters: {
            query?: {
                /** @description "me", a person's number or employee code; everybody's, when it is left out */
                person?: string;
                /** @description Last day; 30 days ahead, when it is left out */
                until?: Day;
                /** @description Tasks listed, the most urgent first; 1000, when it is left out */
                limit?: number;
                /** @description The sheet that the work is for; the first one, when it is left out */
                sheet?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskList"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listChecks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckList"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCheck: {
        parameters: {
            query?: {
                /** @description Day of the verdicts; today, when it is left out. A later day shows what comes if nobody acts */
                on?: Day;
                /** @description What was known: a number of ledger entries, a day's end, an instant, or "now". Of a past day what was known at its end, when it is left out */
                known_at?: string;
                /** @description The item that it is asked for, where the check depends on it */
                item?: string;
                /** @description Rows to skip */
                offset?: number;
                /** @description Rows, 0 to 1000; 50, when it is left out */
                limit?: number;
            };
            header?: never;
            path: {
                check: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    lintClaims: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sheet: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimLint"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getClaim: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sheet: string;
                item: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemClaim"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putClaim: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sheet: string;
                item: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClaimChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemClaim"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listErasures: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasures"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    erasePerson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ErasureOrder"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasureDone"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    planErasure: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasurePlan"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBackups: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Backups"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
