package flows

// All lists every flow. A new one is one file and one line here.
var All = register(
	Repair,
	Request,
	Profile,
	Language,
	Add,
	When,
	Done,
	PauseNote,
	Parts,
	Log,
	LogCase,
	CancelTicket,
	Invite,
	Pass,
	Which,
	Verify,
	VerifyHand,
	Grant,
	Call,
	Complaint,
	Suggestion,
	Praise,
	Reply,
	AskBack,
	CaseNote,
	Conclude,
	Comfort,
	Inspect,
	Objecting,
	Decide,
	RosterChange,
	Swap,
	Room,
	Checkout,
	CheckoutMove,
	CheckoutCancel,
	CheckoutBatch,
	Slots,
	Minutes,
	MonthPlan,
	ItemDone,
	ItemMove,
	ItemDrop,
	PlanWork,
	WorkTime,
	WorkNo,
	WorkReturn,
	WorkCancel,
	Plan,
	Announce,
	Incident,
	RoundArrive,
	RoundCheck,
	RoundName,
	CheckIn,
	Condition,
	MoveRoom,
	Arrival,
)

// register refuses flows that are incomplete or named twice: that is a mistake
// in the program, seen at start.
func register(list ...Flow) []Flow {
	seen := map[string]bool{}
	for _, f := range list {
		if f.Name == "" || f.Done == nil || seen[f.Name] {
			panic("flows: flow " + f.Name + " is incomplete or named twice")
		}
		seen[f.Name] = true
		names := map[string]bool{}
		for _, q := range f.Questions {
			if q.Name == "" || names[q.Name] {
				panic("flows: question " + f.Name + "." + q.Name + " has no name or comes twice")
			}
			if q.Confirm && f.Summary == nil {
				panic("flows: flow " + f.Name + " asks for a confirmation of nothing")
			}
			names[q.Name] = true
		}
	}
	return list
}

// Find finds a flow by its name.
func Find(name string) (Flow, bool) {
	for _, f := range All {
		if f.Name == name {
			return f, true
		}
	}
	return Flow{}, false
}
