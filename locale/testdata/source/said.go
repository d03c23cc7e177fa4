package source

//locale:key declared.a declared.b

//locale:prefix flow.

func say(state string) {
	desk.T("one", "n", 1)
	T("two")
	desk.Refuse("three")
	_ = desk.Text{Key: "four"}
	desk.T("state."+state+".tell", "n", 1)
	other("five")
}
